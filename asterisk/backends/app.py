"""The services as one ASGI application."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp

from . import bank, clinic, retail
from .behaviour import Behaviours
from .frame import Refusal, Store

__all__ = ["SERVICES", "create_app"]

SERVICES = (bank.SERVICE, clinic.SERVICE, retail.SERVICE)


def create_app(folder: Path, today: date, token: str) -> ASGIApp:
    """Return all services, with their data in *folder*, as an application that asks for *token*."""

    def with_token(authorization: Annotated[str, Header()] = "") -> None:
        if not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise HTTPException(403, "token")

    app = FastAPI(title="demo backends", dependencies=[Depends(with_token)], docs_url=None, redoc_url=None)
    behaviours = Behaviours()
    stores = [Store(service, folder, today) for service in SERVICES]
    for service, store in zip(SERVICES, stores, strict=True):
        app.include_router(service.routes(store), prefix=f"/{service.name}")
    app.include_router(behaviours.routes(), prefix="/admin")
    app.include_router(_reset(behaviours, stores), prefix="/admin")

    @app.exception_handler(Refusal)
    def refused(_: Request, refusal: Refusal) -> JSONResponse:
        return JSONResponse({"detail": refusal.word}, refusal.status)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # The framework's own answer would repeat what was sent.
        fields = sorted({".".join(map(str, problem["loc"])) for problem in error.errors()})
        return JSONResponse({"detail": "invalid", "fields": fields}, 422)

    return behaviours.around(app)


def _reset(behaviours: Behaviours, stores: Iterable[Store]) -> APIRouter:
    routes = APIRouter()

    @routes.post("/reset", status_code=204)
    def reset() -> None:
        """Forget every behaviour and begin with the first day's data again."""
        behaviours.reset()
        for store in stores:
            store.reset()

    return routes
