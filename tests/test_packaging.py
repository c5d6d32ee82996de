import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import graphql
import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["auth", "migrations", "models", "resolvers", "schema", "server"]


class Installed:
    """An environment with the wheel, whose programs run in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.environment = folder / "environment"
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()

    @property
    def packages(self) -> Path:
        [packages] = self.environment.glob("lib/python*/site-packages")
        return packages

    def run(self, program: str, *arguments: str) -> str:
        return run(self.environment / "bin" / program, *arguments, cwd=self.elsewhere)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return what it printed; no PYTHONPATH leads it to the checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    installed = Installed(folder)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT,
        cwd=folder)  # fmt: skip
    [wheel] = folder.glob("*.whl")
    venv.create(installed.environment)
    run(sys.executable, "-m", "pip", "--python", installed.environment / "bin" / "python",
        "install", "--no-index", "--no-deps", wheel, cwd=folder)  # fmt: skip
    # The dependencies are those of this environment. The .pth files in there, one of which leads
    # to the checkout, are not read from here.
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (installed.packages / "dependencies.pth").write_text("\n".join(sorted(paths)))
    return installed


def test_the_command_runs_from_an_empty_folder(installed: Installed):
    assert "Usage: coaching" in installed.run("coaching", "--help")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_imported_from_the_wheel(installed: Installed, package: str):
    file = installed.run("python", "-c", f"import {package}; print({package}.__file__)").strip()
    assert Path(file) == installed.packages / package / "__init__.py"


def test_the_wheel_holds_the_operations(installed: Installed):
    ours = {file.name for file in (ROOT / "graphql" / "operations").glob("*.graphql")}
    theirs = {
        file.name
        for file in (installed.packages / "server" / "_graphql" / "operations").glob("*.graphql")
    }
    assert ours
    assert theirs == ours


def test_the_wheel_migrates_a_database(installed: Installed):
    url = "sqlite+aiosqlite:///new.sqlite3"
    installed.run("python", "-c", f"from server import migration; migration.upgrade({url!r})")
    assert (installed.elsewhere / "new.sqlite3").stat().st_size > 0


def test_the_wheel_adds_nothing_to_the_package_of_graphql_core(installed: Installed):
    assert not (installed.packages / "graphql").exists()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_imported_from_this_project(package: str):
    module = __import__(package)
    assert module.__file__ is not None
    assert Path(module.__file__) == ROOT / package / "__init__.py"


def test_graphql_is_imported_from_graphql_core():
    assert Path(graphql.__file__) == Path(sysconfig.get_path("purelib")) / "graphql/__init__.py"


def test_the_folder_of_operations_holds_no_python():
    assert list((ROOT / "graphql").rglob("*.py")) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_files_name_no_place(name: str):
    assert "://" not in (ROOT / name).read_text()
