# Home Assistant answers `import voluptuous` with probatio; so does the type checker.
from probatio import (
    Any as Any,
    Invalid as Invalid,
    Marker as Marker,
    Optional as Optional,
    Required as Required,
    Schema as Schema,
    Undefined as Undefined,
)
