"""GET /api/v1/search, as scripts rely on it."""

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_answers_in_the_agreed_shape(visitor: Client) -> None:
    answer = visitor.get("/api/v1/search?q=dingding").json()
    assert list(answer) == ["query", "tools", "warnings", "tactics", "marketplaces"]
    assert answer["query"] == "dingding"
    assert answer["tools"] == [
        {
            "slug": "dingtalk",
            "name": "DingTalk",
            "matched": "DingDing",
            "score": 1.0,
            "grade": "E",
            "url": "http://localhost:8000/tools/dingtalk/",
        }
    ]
    assert answer["warnings"][0]["url"].endswith("/warnings/stay-away-from-a-buyer-who-asks-you-to-use-dingtalk/")


def test_a_tool_that_is_not_assessed_has_no_grade(visitor: Client) -> None:
    assert visitor.get("/api/v1/search?q=signal").json()["tools"][0]["grade"] is None


@pytest.mark.parametrize("query", ["", "?q=", "?q=qwxzv", "?q=%00", "?q=" + "x" * 10_000, "?q=%22%20OR%201%3D1"])
def test_it_is_empty_for_nonsense(query: str, visitor: Client) -> None:
    response = visitor.get(f"/api/v1/search{query}")
    assert response.status_code == 200
    assert response.json()["tools"] == []


def test_it_gives_at_most_as_many_as_asked_for(visitor: Client) -> None:
    assert len(visitor.get("/api/v1/search?q=screenshots+of+my+desktop&limit=2").json()["tools"]) == 2


@pytest.mark.parametrize("limit", ["0", "51", "x", "", "-1", "9" * 50])
def test_a_wrong_limit_is_a_problem_that_says_why(limit: str, visitor: Client) -> None:
    response = visitor.get(f"/api/v1/search?q=a&limit={limit}")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    problem = json.loads(response.content)
    assert (problem["status"], problem["title"]) == (422, "Unprocessable Entity")
    assert problem["detail"].startswith("limit: ")


def test_other_sites_may_read_it(visitor: Client) -> None:
    response = visitor.get("/api/v1/search?q=x", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_other_methods_are_refused_as_problems(visitor: Client) -> None:
    assert visitor.post("/api/v1/search").status_code == 405


def test_an_address_that_is_not_there_is_a_404(visitor: Client) -> None:
    assert visitor.get("/api/v1/nothing").status_code == 404


def test_it_describes_itself(visitor: Client) -> None:
    schema = visitor.get("/api/v1/openapi.json").json()
    assert "/api/v1/search" in schema["paths"]


def test_an_unchanged_answer_is_not_sent_again(visitor: Client) -> None:
    first = visitor.get("/api/v1/search?q=zoom")
    again = visitor.get("/api/v1/search?q=zoom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
