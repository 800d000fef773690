"""Who may ask for pages: tokens, hosts, other sites; what a page may load."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_site import HOST, client

from extractor.errors import UsageError
from extractor.web.app import create_app


def test_a_page_may_load_nothing_from_elsewhere_and_nothing_inline(tmp_path: Path) -> None:
    answer = client(tmp_path).get("/")
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "[::2]"])
def test_a_name_that_was_rebound_to_this_machine_is_refused(tmp_path: Path, host: str) -> None:
    assert client(tmp_path).get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:9", "LOCALHOST"])
def test_this_machine_by_any_of_its_names_is_answered(tmp_path: Path, host: str) -> None:
    assert client(tmp_path).get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8765"])
def test_what_another_site_sends_changes_nothing(tmp_path: Path, origin: str) -> None:
    answer = client(tmp_path).post("/language", data={"language": "en", "back": "/"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_request_that_hides_where_it_comes_from_is_refused_too(tmp_path: Path) -> None:
    browser = client(tmp_path)
    del browser.headers["origin"]
    assert browser.post("/language", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.post("/language").status_code == 403


def test_another_host_needs_a_token(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--token"):
        create_app(tmp_path, host="0.0.0.0")


def test_a_token_is_shown_once_and_then_kept_in_a_cookie(tmp_path: Path) -> None:
    browser = client(tmp_path, host="0.0.0.0", token="a-secret")
    assert browser.get("/").status_code == 401
    assert browser.get("/static/app.css").status_code == 401
    assert browser.get("/?token=wrong").status_code == 401
    shown = browser.get("/?token=a-secret&x=1", follow_redirects=False)
    assert (shown.status_code, shown.headers["location"]) == (303, "/?x=1")
    assert "a-secret" not in shown.headers["set-cookie"]
    assert "HttpOnly" in shown.headers["set-cookie"]
    assert browser.get("/").status_code == 200


def test_a_token_leads_nowhere_else(tmp_path: Path) -> None:
    browser = client(tmp_path, token="a-secret")
    location = browser.get(f"{HOST}//evil.example/?token=a-secret", follow_redirects=False).headers["location"]
    assert location.startswith("/evil.example")


def test_a_body_that_is_too_large_is_refused(tmp_path: Path) -> None:
    browser = client(tmp_path)
    assert browser.post("/language", content=b"x" * (1024 * 1024 + 1)).status_code == 413
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/language", content=iter([b"x" * 65536] * 17), headers=kind).status_code == 413


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/documents/x",
                                  "/documents/1%2f..", "//etc/passwd", "/static//etc/passwd"])  # fmt: skip
def test_no_path_leads_to_a_file_that_is_not_served(tmp_path: Path, path: str) -> None:
    answer = client(tmp_path).get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x()", ""])
def test_the_language_is_kept_and_leads_back_to_a_page_of_ours(tmp_path: Path, back: str) -> None:
    browser = client(tmp_path)
    answer = browser.post("/language", data={"language": "en", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "Library" in browser.get("/").text


def test_the_application_is_made_in_a_new_folder(tmp_path: Path) -> None:
    create_app(tmp_path / "new")
    assert (tmp_path / "new" / "extractor.sqlite").exists()
