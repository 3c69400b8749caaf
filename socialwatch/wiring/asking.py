"""The question afterwards, from the settings: it needs a mailbox to send from and an address to come back to."""

from socialwatch.domain import survey
from socialwatch.domain.survey import Surveys
from socialwatch.errors import Misconfigured
from socialwatch.settings import Settings


def surveys(found: Settings) -> Surveys:
    """Which brands ask. Raises Misconfigured when one cannot: without channel mail, or without web.public_url."""
    made = survey.surveys(found.survey, {key: brand.name for key, brand in found.brands.items()})
    if made.brands and not found.web.public_url:
        raise Misconfigured("web.public_url ontbreekt; zonder dat adres kan niemand de vraag achteraf (survey) openen")
    mailing = {
        str(section.get("brand", found.first_brand))
        for name, section in found.channels.items()
        if section.get("kind", name) == "mail"
    }
    missing = sorted(set(made.brands) - mailing)
    if missing:
        raise Misconfigured(f"Instelling survey: {missing[0]} heeft geen kanaal mail om de vraag mee te sturen.")
    return made
