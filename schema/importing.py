"""The mutation that imports records."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import fields
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from auth.permissions import Imports
from models import Channel, Source, Speaker
from models.errors import Code
from resolvers import importing_records
from resolvers.importing_batch import Outcome
from resolvers.importing_records import MOST, Result
from schema.enum import described
from schema.error import UserError, answered
from schema.import_input import ImportRecord
from schema.info import Info
from schema.row import USUAL, locked

KEY = "Sent again within 24 hours, the same key and input give the first answer."

described(
    Outcome,
    "What became of a record.",
    {
        "CREATED": "It was not there before.",
        "CHANGED": "It was there in other words.",
        "UNCHANGED": "It was there in the same words.",
        "REJECTED": "It was not imported; the error says why.",
    },
    name="ImportOutcome",
)


@strawberry.input(
    description="Records of the import format (I1), typed; what they may say is decided by the same"
    " rules as for files. What is no such type at all, such as a missing field, refuses the"
    " whole call before anything is imported; what breaks a rule, refuses its record alone."
)
class ImportConversationsInput:
    """A batch."""

    records: list[ImportRecord] = strawberry.field(
        description=f"The records, 1 to {MOST}, of any kinds. A record may refer to what is"
        " stored, and to records of the call, wherever they stand."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.type(description="What became of one record.")
class ImportedRecord:
    """A result."""

    external_id: str = strawberry.field(description="The record's `externalId`, as it was sent.")
    outcome: Outcome = strawberry.field(description="What became of it.")
    error: UserError | None = strawberry.field(
        description="Why it was rejected; null where it was not."
    )


@strawberry.type(description="What came of `importConversations`.")
class ImportConversationsPayload:
    """A result for each record."""

    results: list[ImportedRecord] | None = strawberry.field(
        description="What became of each record, in the order of the input.",
        metadata={USUAL: MOST},
    )
    errors: list[UserError] = strawberry.field(
        description="Why nothing was imported; what is wrong with a record is in its result."
    )


@strawberry.type
class ImportingMutation:
    """Writes from outside."""

    @strawberry.mutation(
        description="Import conversations and what belongs to them. What is known by its"
        " `externalId` is changed, or left alone where it is the same, so that sending a record"
        " again changes nothing. A bad record keeps no other out. Without access to every queue,"
        " conversations and evaluations of your own queues can be imported.",
        extensions=locked(Imports),
    )
    async def import_conversations(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            ImportConversationsInput, strawberry.argument(description="The records.")
        ],
    ) -> ImportConversationsPayload:
        """I1."""
        given = [_chosen(each) for each in input.records]

        async def write() -> list[ImportedRecord]:
            results = await importing_records.take(
                info.context,
                [_record(kind, record) for kind, record in given],
                idempotency_key=input.idempotency_key,
            )
            return [
                ImportedRecord(
                    external_id=record.external_id,
                    outcome=result.outcome,
                    error=_error(result, ["records", str(place), to_camel_case(kind)]),
                )
                for place, ((kind, record), result) in enumerate(zip(given, results, strict=True))
            ]

        return await answered(ImportConversationsPayload, "results", write)


def _chosen(record: ImportRecord) -> tuple[str, Any]:
    """The kind of a record, and the one member that it has."""
    ((kind, chosen),) = _members(record).items()
    return kind, chosen


def _record(kind: str, chosen: Any) -> dict[str, Any]:
    """The record as a line of the import format says it."""
    record = {"kind": kind, **_plain(chosen)}
    return {**record, "source": Source.AUTO} if kind == "evaluation" else record


def _plain(value: Any) -> Any:
    match value:
        case Channel() | Speaker():
            return value.lower()
        case enum.Enum():
            return value.value
        case dt.datetime():
            return value.isoformat()
        case list():
            return [_plain(each) for each in value]
        case None | bool() | int() | float() | str():
            return value
    return {name: _plain(each) for name, each in _members(value).items()}


def _members(given: Any) -> dict[str, Any]:
    """What an input object has, without what of a choice was not chosen."""
    named = {field.name: getattr(given, field.name) for field in fields(given)}
    return {name: value for name, value in named.items() if value is not strawberry.UNSET}


def _error(result: Result, above: Sequence[str]) -> UserError | None:
    if result.outcome is not Outcome.REJECTED:
        return None
    path = [*above, *map(to_camel_case, result.path)]
    return UserError(code=result.code or Code.INVALID, message=result.message, path=path)
