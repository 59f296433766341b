"""Generated PDFs."""
from tests.intake.truth import Truth
def every() -> list[Truth]:
    return []
