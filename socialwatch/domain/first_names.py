"""First names that are common in the Netherlands and Flanders, and which of them are one name: who is Kees, is
Cornelis.
"""

_LISTED = """
    aad aafke aaron abdel abdullah abel ad adam adriaan agnes ahmed ahmet aisha albert alex alexander ali alice
    alida alie amber amina amira an andre andrea andreas angela angelique anita anja anke ann anna annabel anne
    anneke annelies annemarie annemiek annet annette annie anouk ans anton antoon antonia arend arie arjan arjen
    arne arno arnold arthur astrid ayse ayoub aziz babette barbara bart bas bastiaan beatrijs bea ben bennie
    benjamin berend bernadette bert bertus betty bianca bilal boris bouke bram brecht brenda brigitte britt bruno
    carla carlo carmen carolien carolina caroline casper cas catharina cees celine chantal charlotte chris christa
    christel christiaan christine cindy claire claudia coen colette conny cor corine cornelia cornelis corrie
    cynthia daan daniel danielle danny daphne david debbie deniz dennis derk desiree dewi diana dick diederik dirk
    dominique donna doris dorien douwe eddy edith edwin eefje elena eline elisa elisabeth elke ella ellen ellie els
    elsa else elvira emiel emily emma emre erica erik eric ernst erwin esmee esra esther eva evelien evert evi
    fabian fatih fatima fatma febe feike femke fenna ferdi ferry fien fiona fleur floor floris floortje fons frank
    frans fred freddy frederik freek frits gea geert geertje geertruida geke gerard gerben gerda gerrit gert gertjan
    gijs gina giovanni greet greetje griet guido gust guus gwen hakan hamza han hanna hannah hanneke hannie hans
    harm harry hasan hatice hedwig heidi hein helen helena helga hendrik henk henny herman hester hicham hilda hilde
    hugo huub ibrahim ida igor ilona ilse imane imke inez ineke inge ingeborg ingrid irene iris irma isa isabel
    isabelle ismail ivan ivo ivonne jaap jacco jack jacob jacqueline jacques jan jana jane janine janna janneke
    jannie janny jarno jasmijn jason jasper jean jeanette jelle jennifer jenny jens jeroen jesse jessica jet
    jeannette jill jim jip jo joan joanna joao job jochem joep joey johan johanna johannes john johnny jolanda
    jolien jonas jonathan joop joost jordi jordy joris jos jose josephine joyce judith jules julia julie jurgen
    jurre justin kaat karel karen karin karim karlijn kate katja katrien kees kelly kevin khadija khalid kim
    kimberly kirsten klaas klara koen koos kris kristel kristof kurt lars laura laurens leen leendert leila lena
    lennart leo leon leonie lia lian lidia lien lies liesbeth lieke lieve lieven linda linde lisa lisette lize lobke
    loes lode lotte louis louise luc lucas lucia lucy luuk lydia maaike maarten machteld mandy manon marc marcel
    marco margo margot margriet maria marian marianne mariam marie marieke mariella mariette marije marijke marijn
    marike marina marion marisa marit marja marjan marjolein mark marleen marlies marloes marriet marta martha
    martijn martin martine maud maurice max mees mehmet melanie melissa menno merel merijn mia michael michel
    michelle michiel mick mieke miep mike mila milan milou mira miranda miriam mirjam mirthe mo mohamed mohammed
    monica monique mustafa myriam myrthe nadia nadine naomi natalie natasja nathalie neeltje nel nele nelleke nick
    nico nicole niek niels nienke nina nico noah noor nora olaf olga oscar omar onno otto pascal patricia patrick
    paul paula pauline peggy peter petra pia pien piet pieter pim pleun priya rachel rachid ralf ramon raymond
    rebecca reinier remco remy rene renate renee rens riet ria richard rick rik rina rita rob robbert robert robin
    roel roeland roelof rogier roland rolf romy ron ronald rosa rosanne roos roy ruben rudi rudy ruth ruud said
    sabine sacha salima sam samantha samir samira sander sandra sanne sara sarah sascha saskia sebastiaan selma
    serge sharon sid sien siem sigrid silvia simon simone sjaak sjoerd sjoukje sofie sonja sophie stan stef stefan
    stefanie stephan steven stijn suus suzan suzanne sven svetlana sylvia sylvie tamara tania tanja tara ted tess
    tessa thea theo therese thijs thomas tim timo tineke tjeerd tobias tom ton tonny toon trees truus twan ursula
    valerie vera veerle vincent viola wendy wessel wiebe wil wilco wilfred wilhelmina wilma willem willemijn willy
    wim wiske wouter xander yannick yasmina yasmine youri youssef yusuf yvette yvon yvonne zara zeynep zoe zohra
"""
FIRST_NAMES = frozenset(_LISTED.split())

_SAME = tuple(
    frozenset(names.split())
    for names in (
        "kees cees cornelis cor cornelius",
        "piet pieter peter petrus",
        "jan johan johannes joannes hans john han",
        "johanna ans hanneke joke jo anneke annie hannie janna jannie",
        "wim willem wil bill will",
        "wilhelmina mien mieke willemien wil wilma",
        "henk hendrik rik harry hein",
        "elisabeth els lies bep betty liesbeth elly lisa elise ellie",
        "maria riet ria marie mia mieke miep marijke marja",
        "cornelia corrie cor nelleke nel neeltje conny",
        "geertruida truus trudy geertje gertrude",
        "jacob jaap sjaak jacques jacobus koos ko",
        "antonius anton ton toon antoon twan antonie tonnie",
        "antonia toos ton tonny",
        "catharina toos trees kaat karin rina ina katrien tineke",
        "gerard gerrit ger gerardus gert geert",
        "margaretha greet griet gretha margriet marga",
        "mohammed mohamed mo muhammad mohammad",
        "robert rob bob robbert robin",
        "abraham bram ibrahim",
        "albert bert appie ab albertus",
        "hubertus huub bert hub",
        "theodorus theo dorus",
        "leendert leen leonardus leo",
        "suzanne suus suzan sanne",
        "nicolaas nico klaas niek",
        "franciscus frans frank",
        "christiaan chris christian",
        "alexander alex lex sander xander",
        "helena leen lena heleen ellen",
        "sophie sofie fietje",
        "marjolein jolein",
        "thomas tom",
        "timotheus tim",
        "martinus martin tinus maarten rien",
        "adrianus adriaan ad arie",
        "lodewijk louis lode",
        "augustinus guus gust",
        "hermanus herman harm",
        "charlotte lotte",
        "katharina kaat katja",
    )
)


def one_name(a: str, b: str) -> bool:
    """Whether two first names, in bare lower case, are used for one person."""
    return a == b or any(a in names and b in names for names in _SAME)
