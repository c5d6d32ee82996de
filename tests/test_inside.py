from tests import inside


def test_what_tells_of_the_inside_is_found():
    for text in (
        "Traceback (most recent call last):", "KeyError: 'x'", "a LookupError", "UserWarning",
        "'NoneType' has no attribute", "<class 'int'>", "<Row object at 0x7f>", "server/answer.py",
        "no such file: '/home/me/x'", "/usr/lib/python3/site-packages", "SELECT a FROM b",
        "INSERT INTO t VALUES (1)", "update a set b = 1", "sqlite3.OperationalError",
        "asyncpg.exceptions", "(psycopg) PostgreSQL", "sqlalchemy.orm", "strawberry.Schema",
    ):  # fmt: skip
        assert inside.tells(text), text


def test_words_of_an_ordinary_error_are_not_of_the_inside():
    for text in (
        "Syntax Error: Expected Name, found <EOF>.", "Cannot query field 'x' on type 'Query'.",
        "Give either first or last.", "Send application/json, in UTF-8 and not compressed.",
        "The document has too many aliases: at most 100.", "Something went wrong on our side.",
        "'updateAssignment' needs a set of fields.", "Expected value of type 'ID!', found null.",
    ):  # fmt: skip
        assert not inside.tells(text), text
