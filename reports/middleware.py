"""Below the address of the API nothing answers with a page made for people."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from reports.http import API_ROOT, PROBLEM_TYPE, Problem, problem

Answer = Callable[[HttpRequest], HttpResponse]
KEPT = ("Retry-After", "WWW-Authenticate")


class ApiProblemMiddleware:
    """Turns every refusal into a problem, also those of the middlewares behind this one: an
    address that does not exist, a body too large, a database that is busy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(API_ROOT) or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.headers.get("Content-Type") == PROBLEM_TYPE:
            return response
        headers = {name: response[name] for name in KEPT if name in response.headers}
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "GET, HEAD"
        incident = response.headers.get("X-Incident", "")
        return problem(Problem(response.status_code, headers=headers), incident=incident)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return problem(exception) if isinstance(exception, Problem) else None
