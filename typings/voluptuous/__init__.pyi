# Home Assistant answers `import voluptuous` with probatio; so does the type checker.
from probatio import (
    All as All,
    Any as Any,
    In as In,
    Invalid as Invalid,
    Length as Length,
    Marker as Marker,
    Optional as Optional,
    Required as Required,
    Schema as Schema,
    Undefined as Undefined,
)
