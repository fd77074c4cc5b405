"""The piece that the grammar of scenario files is made of."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema


class Part(BaseModel):
    """A piece of the grammar: keys that it does not know are refused, and a text may stand for its *main_key* alone."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    main_key: ClassVar[str | None] = None
    short_forms: ClassVar[tuple[dict[str, Any], ...]] = ()  # JSON Schemas of what may stand in place of the keys

    @model_validator(mode="before")
    @classmethod
    def _read_text(cls, value: Any) -> Any:
        return {cls.main_key: value} if cls.main_key and isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        return {"anyOf": [*cls.short_forms, schema]} if cls.short_forms else schema
