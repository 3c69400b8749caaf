"""Words of which volume is made: common names, invented products, things that go wrong."""

FIRST = (
    "Aisha", "Anouk", "Bart", "Bente", "Bram", "Chantal", "Daan", "Dewi", "Eline", "Emma", "Fatima", "Femke", "Gijs",
    "Hanna", "Hugo", "Ilse", "Jasper", "Jeroen", "Joke", "Karim", "Kees", "Laura", "Lieke", "Lotte", "Lucas", "Maaike",
    "Mehmet", "Mila", "Moniek", "Nadia", "Niels", "Noor", "Olivier", "Peter", "Pieter", "Roos", "Ruben", "Saskia",
    "Sem", "Sofie", "Stijn", "Tess", "Thijs", "Wout", "Yara", "Youssef", "Zoë",
)  # fmt: skip
PARTS = ("", "", "", "", "de ", "van ", "van de ", "van den ", "van der ", "ten ")
STEMS = (
    "Aalbers", "Akkerman", "Baas", "Bakker", "Berg", "Bijl", "Boer", "Bos", "Bosch", "Brink", "Brouwer", "Claes",
    "Dekker", "Dijk", "Dijkstra", "Driessen", "Evers", "Franken", "Geerts", "Goossens", "Graaf", "Groot", "Haan",
    "Heijden", "Hendriks", "Hermans", "Hoek", "Hoekstra", "Jacobs", "Jansen", "Janssens", "Jong", "Kaya", "Koning",
    "Kramer", "Kuipers", "Leeuwen", "Linden", "Maas", "Maes", "Martens", "Meer", "Meijer", "Mertens", "Mol", "Mulder",
    "Peeters", "Peters", "Post", "Postma", "Prins", "Ruiter", "Sanders", "Schouten", "Smit", "Smits", "Timmermans",
    "Veen", "Velde", "Verhoeven", "Vermeer", "Vermeulen", "Visser", "Vliet", "Vos", "Vries", "Wal", "Willems", "Wit",
    "Wouters", "Yilmaz", "Zijlstra",
)  # fmt: skip
LAST = tuple(f"{part}{stem}" for stem in STEMS for part in PARTS)
FLEMISH = ("Aalst", "Antwerpen", "Brugge", "Gent", "Hasselt", "Kortrijk", "Leuven", "Mechelen")
CITIES = (
    "Almere", "Amersfoort", "Amsterdam", "Apeldoorn", "Arnhem", "Assen", "Breda", "Delft", "Den Haag", "Ede",
    "Eindhoven", "Emmen", "Enschede", "Gouda", "Groningen", "Haarlem", "Leeuwarden", "Leiden", "Maastricht", "Nijmegen",
    "Rotterdam", "Tilburg", "Utrecht", "Venlo", "Zwolle", *FLEMISH,
)  # fmt: skip
STREETS = ("Dorpsstraat", "Kerkplein", "Molenweg", "Stationsstraat", "Beukenlaan", "Schoolstraat", "Havenkade")
PRODUCTS = (
    ("Wollen wandelsok Twijzel", "TW-1", "14.95"),
    ("Merinosok Schier", "SC-2", "18.95"),
    ("Steunkous Zweef", "ZW-3", "24.95"),
    ("Leeslamp Glim", "GL-4", "59.00"),
    ("Stadsfiets Vaart", "VA-5", "749.00"),
    ("Fietstas Kade", "KA-6", "39.50"),
    ("Dimmer Schemer", "SM-7", "21.25"),
)
SIZES = ("35-38", "39-42", "43-46", "E27", "one size", None)
COMPLAINTS = (
    "na drie maanden al een gat erin",
    "pakket zou gisteren komen en nog steeds niets",
    "al twintig minuten in de wacht, dit is de derde keer",
    "verkeerde maat gekregen en niemand die antwoordt",
    "doos was open en er ontbrak een stuk",
    "hebben jullie deze ook in een andere kleur",
    "jullie zeggen slijtage maar ik draag ze net",
    "geld nog niet terug na de retour",
)
ANSWERS = ("Het staat op onderweg", "Dat is slijtage, daar kunnen we niets aan doen", "We sturen een nieuwe", "Excuus")
