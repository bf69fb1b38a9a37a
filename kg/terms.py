# ruff: noqa: N815
# The classes and their attributes are spelt as the vocabularies spell them: PA.officialCode, OA.hasSource.
"""Every IRI that the code uses, spelt once, as terms grouped by vocabulary.

``tests/test_ontology.py`` holds :class:`PA` and ``ontology/`` to each other in both directions. IRIs of resources
(places, claims, concepts of code lists) are minted elsewhere; here stands only the namespace they share.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode

#: Every resource: ``id/place/620523``, ``id/claim/…``, and the concepts of code lists, ``id/unit/person``.
ID_NAMESPACE = "https://w3id.org/poverty-kg/id/"
#: Our own vocabulary.
PA_NAMESPACE = "https://w3id.org/poverty-kg/ns#"
#: The shapes of ``shapes/``.
SHAPES_NAMESPACE = "https://w3id.org/poverty-kg/shapes#"
#: The ontology document itself, and that of the shapes.
ONTOLOGY = NamedNode("https://w3id.org/poverty-kg/ns")
SHAPES = NamedNode("https://w3id.org/poverty-kg/shapes")


class PA:
    """Our own vocabulary, in the order of ``ontology/``: classes, then properties."""

    Entity = NamedNode(f"{PA_NAMESPACE}Entity")
    Place = NamedNode(f"{PA_NAMESPACE}Place")
    AdministrativeDivision = NamedNode(f"{PA_NAMESPACE}AdministrativeDivision")
    Province = NamedNode(f"{PA_NAMESPACE}Province")
    Prefecture = NamedNode(f"{PA_NAMESPACE}Prefecture")
    County = NamedNode(f"{PA_NAMESPACE}County")
    Township = NamedNode(f"{PA_NAMESPACE}Township")
    Village = NamedNode(f"{PA_NAMESPACE}Village")
    Region = NamedNode(f"{PA_NAMESPACE}Region")
    Person = NamedNode(f"{PA_NAMESPACE}Person")
    Organisation = NamedNode(f"{PA_NAMESPACE}Organisation")
    Programme = NamedNode(f"{PA_NAMESPACE}Programme")
    Product = NamedNode(f"{PA_NAMESPACE}Product")
    Award = NamedNode(f"{PA_NAMESPACE}Award")
    CreativeWork = NamedNode(f"{PA_NAMESPACE}CreativeWork")
    Article = NamedNode(f"{PA_NAMESPACE}Article")
    Claim = NamedNode(f"{PA_NAMESPACE}Claim")
    Mention = NamedNode(f"{PA_NAMESPACE}Mention")
    Figure = NamedNode(f"{PA_NAMESPACE}Figure")
    PostHolding = NamedNode(f"{PA_NAMESPACE}PostHolding")
    RelationClaim = NamedNode(f"{PA_NAMESPACE}RelationClaim")
    Evidence = NamedNode(f"{PA_NAMESPACE}Evidence")
    FigureSlot = NamedNode(f"{PA_NAMESPACE}FigureSlot")
    Indicator = NamedNode(f"{PA_NAMESPACE}Indicator")
    Unit = NamedNode(f"{PA_NAMESPACE}Unit")

    officialCode = NamedNode(f"{PA_NAMESPACE}officialCode")
    codeYear = NamedNode(f"{PA_NAMESPACE}codeYear")
    textHash = NamedNode(f"{PA_NAMESPACE}textHash")
    mentions = NamedNode(f"{PA_NAMESPACE}mentions")
    copy = NamedNode(f"{PA_NAMESPACE}copy")
    retrieved = NamedNode(f"{PA_NAMESPACE}retrieved")

    evidence = NamedNode(f"{PA_NAMESPACE}evidence")
    confidence = NamedNode(f"{PA_NAMESPACE}confidence")
    period = NamedNode(f"{PA_NAMESPACE}period")
    periodStart = NamedNode(f"{PA_NAMESPACE}periodStart")
    periodEnd = NamedNode(f"{PA_NAMESPACE}periodEnd")
    periodBasis = NamedNode(f"{PA_NAMESPACE}periodBasis")
    sentence = NamedNode(f"{PA_NAMESPACE}sentence")

    entity = NamedNode(f"{PA_NAMESPACE}entity")
    linkedBy = NamedNode(f"{PA_NAMESPACE}linkedBy")

    about = NamedNode(f"{PA_NAMESPACE}about")
    indicatorText = NamedNode(f"{PA_NAMESPACE}indicatorText")
    indicator = NamedNode(f"{PA_NAMESPACE}indicator")
    value = NamedNode(f"{PA_NAMESPACE}value")
    surfaceForm = NamedNode(f"{PA_NAMESPACE}surfaceForm")
    unit = NamedNode(f"{PA_NAMESPACE}unit")
    normalisedValue = NamedNode(f"{PA_NAMESPACE}normalisedValue")
    qualifier = NamedNode(f"{PA_NAMESPACE}qualifier")
    status = NamedNode(f"{PA_NAMESPACE}status")
    accumulation = NamedNode(f"{PA_NAMESPACE}accumulation")
    basis = NamedNode(f"{PA_NAMESPACE}basis")
    inSlot = NamedNode(f"{PA_NAMESPACE}inSlot")
    preferredFigure = NamedNode(f"{PA_NAMESPACE}preferredFigure")
    preferredBecause = NamedNode(f"{PA_NAMESPACE}preferredBecause")
    supportingArticles = NamedNode(f"{PA_NAMESPACE}supportingArticles")

    holder = NamedNode(f"{PA_NAMESPACE}holder")
    postTitle = NamedNode(f"{PA_NAMESPACE}postTitle")
    at = NamedNode(f"{PA_NAMESPACE}at")
    post = NamedNode(f"{PA_NAMESPACE}post")

    partOf = NamedNode(f"{PA_NAMESPACE}partOf")
    locatedIn = NamedNode(f"{PA_NAMESPACE}locatedIn")
    implementedIn = NamedNode(f"{PA_NAMESPACE}implementedIn")
    residentOf = NamedNode(f"{PA_NAMESPACE}residentOf")
    worksAt = NamedNode(f"{PA_NAMESPACE}worksAt")
    visited = NamedNode(f"{PA_NAMESPACE}visited")
    hasComponent = NamedNode(f"{PA_NAMESPACE}hasComponent")
    operatedBy = NamedNode(f"{PA_NAMESPACE}operatedBy")
    participatesIn = NamedNode(f"{PA_NAMESPACE}participatesIn")
    assistedBy = NamedNode(f"{PA_NAMESPACE}assistedBy")
    produces = NamedNode(f"{PA_NAMESPACE}produces")
    created = NamedNode(f"{PA_NAMESPACE}created")
    received = NamedNode(f"{PA_NAMESPACE}received")

    dimension = NamedNode(f"{PA_NAMESPACE}dimension")
    referenceUnit = NamedNode(f"{PA_NAMESPACE}referenceUnit")
    multiplier = NamedNode(f"{PA_NAMESPACE}multiplier")
    minValue = NamedNode(f"{PA_NAMESPACE}minValue")
    maxValue = NamedNode(f"{PA_NAMESPACE}maxValue")
    partIndicatorOf = NamedNode(f"{PA_NAMESPACE}partIndicatorOf")
    sumsTo = NamedNode(f"{PA_NAMESPACE}sumsTo")
    numerator = NamedNode(f"{PA_NAMESPACE}numerator")
    denominator = NamedNode(f"{PA_NAMESPACE}denominator")
    isCampaignBranch = NamedNode(f"{PA_NAMESPACE}isCampaignBranch")


class RDF:
    """RDF."""

    NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type = NamedNode(f"{NAMESPACE}type")
    Statement = NamedNode(f"{NAMESPACE}Statement")
    subject = NamedNode(f"{NAMESPACE}subject")
    predicate = NamedNode(f"{NAMESPACE}predicate")
    object = NamedNode(f"{NAMESPACE}object")
    langString = NamedNode(f"{NAMESPACE}langString")


class RDFS:
    """RDF Schema."""

    NAMESPACE = "http://www.w3.org/2000/01/rdf-schema#"
    label = NamedNode(f"{NAMESPACE}label")
    comment = NamedNode(f"{NAMESPACE}comment")
    seeAlso = NamedNode(f"{NAMESPACE}seeAlso")
    isDefinedBy = NamedNode(f"{NAMESPACE}isDefinedBy")
    subClassOf = NamedNode(f"{NAMESPACE}subClassOf")
    subPropertyOf = NamedNode(f"{NAMESPACE}subPropertyOf")
    domain = NamedNode(f"{NAMESPACE}domain")
    range = NamedNode(f"{NAMESPACE}range")


class OWL:
    """OWL 2."""

    NAMESPACE = "http://www.w3.org/2002/07/owl#"
    Ontology = NamedNode(f"{NAMESPACE}Ontology")
    Class = NamedNode(f"{NAMESPACE}Class")
    ObjectProperty = NamedNode(f"{NAMESPACE}ObjectProperty")
    DatatypeProperty = NamedNode(f"{NAMESPACE}DatatypeProperty")
    sameAs = NamedNode(f"{NAMESPACE}sameAs")
    versionInfo = NamedNode(f"{NAMESPACE}versionInfo")


class XSD:
    """XML Schema datatypes."""

    NAMESPACE = "http://www.w3.org/2001/XMLSchema#"
    string = NamedNode(f"{NAMESPACE}string")
    boolean = NamedNode(f"{NAMESPACE}boolean")
    integer = NamedNode(f"{NAMESPACE}integer")
    decimal = NamedNode(f"{NAMESPACE}decimal")
    date = NamedNode(f"{NAMESPACE}date")
    dateTime = NamedNode(f"{NAMESPACE}dateTime")
    gYear = NamedNode(f"{NAMESPACE}gYear")
    gYearMonth = NamedNode(f"{NAMESPACE}gYearMonth")
    anyURI = NamedNode(f"{NAMESPACE}anyURI")


class SKOS:
    """SKOS."""

    NAMESPACE = "http://www.w3.org/2004/02/skos/core#"
    Concept = NamedNode(f"{NAMESPACE}Concept")
    ConceptScheme = NamedNode(f"{NAMESPACE}ConceptScheme")
    inScheme = NamedNode(f"{NAMESPACE}inScheme")
    prefLabel = NamedNode(f"{NAMESPACE}prefLabel")
    altLabel = NamedNode(f"{NAMESPACE}altLabel")
    notation = NamedNode(f"{NAMESPACE}notation")
    definition = NamedNode(f"{NAMESPACE}definition")
    broader = NamedNode(f"{NAMESPACE}broader")
    exactMatch = NamedNode(f"{NAMESPACE}exactMatch")


class DC:
    """Dublin Core elements 1.1: publisher and creator as plain strings."""

    NAMESPACE = "http://purl.org/dc/elements/1.1/"
    publisher = NamedNode(f"{NAMESPACE}publisher")
    creator = NamedNode(f"{NAMESPACE}creator")


class DCT:
    """Dublin Core terms."""

    NAMESPACE = "http://purl.org/dc/terms/"
    identifier = NamedNode(f"{NAMESPACE}identifier")
    title = NamedNode(f"{NAMESPACE}title")
    description = NamedNode(f"{NAMESPACE}description")
    issued = NamedNode(f"{NAMESPACE}issued")
    modified = NamedNode(f"{NAMESPACE}modified")
    license = NamedNode(f"{NAMESPACE}license")
    publisher = NamedNode(f"{NAMESPACE}publisher")
    creator = NamedNode(f"{NAMESPACE}creator")
    source = NamedNode(f"{NAMESPACE}source")
    format = NamedNode(f"{NAMESPACE}format")
    language = NamedNode(f"{NAMESPACE}language")
    conformsTo = NamedNode(f"{NAMESPACE}conformsTo")
    isReplacedBy = NamedNode(f"{NAMESPACE}isReplacedBy")
    hasPart = NamedNode(f"{NAMESPACE}hasPart")


class PROV:
    """PROV-O."""

    NAMESPACE = "http://www.w3.org/ns/prov#"
    Entity = NamedNode(f"{NAMESPACE}Entity")
    Activity = NamedNode(f"{NAMESPACE}Activity")
    SoftwareAgent = NamedNode(f"{NAMESPACE}SoftwareAgent")
    used = NamedNode(f"{NAMESPACE}used")
    wasDerivedFrom = NamedNode(f"{NAMESPACE}wasDerivedFrom")
    wasGeneratedBy = NamedNode(f"{NAMESPACE}wasGeneratedBy")
    wasAssociatedWith = NamedNode(f"{NAMESPACE}wasAssociatedWith")


class OA:
    """Web Annotation."""

    NAMESPACE = "http://www.w3.org/ns/oa#"
    SpecificResource = NamedNode(f"{NAMESPACE}SpecificResource")
    TextPositionSelector = NamedNode(f"{NAMESPACE}TextPositionSelector")
    TextQuoteSelector = NamedNode(f"{NAMESPACE}TextQuoteSelector")
    hasSource = NamedNode(f"{NAMESPACE}hasSource")
    hasSelector = NamedNode(f"{NAMESPACE}hasSelector")
    start = NamedNode(f"{NAMESPACE}start")
    end = NamedNode(f"{NAMESPACE}end")
    exact = NamedNode(f"{NAMESPACE}exact")
    prefix = NamedNode(f"{NAMESPACE}prefix")
    suffix = NamedNode(f"{NAMESPACE}suffix")


class ORG:
    """The organization ontology."""

    NAMESPACE = "http://www.w3.org/ns/org#"
    Post = NamedNode(f"{NAMESPACE}Post")
    Membership = NamedNode(f"{NAMESPACE}Membership")
    holds = NamedNode(f"{NAMESPACE}holds")
    postIn = NamedNode(f"{NAMESPACE}postIn")


class SCHEMA:
    """schema.org."""

    NAMESPACE = "https://schema.org/"
    Observation = NamedNode(f"{NAMESPACE}Observation")
    url = NamedNode(f"{NAMESPACE}url")
    softwareVersion = NamedNode(f"{NAMESPACE}softwareVersion")
    domainIncludes = NamedNode(f"{NAMESPACE}domainIncludes")
    rangeIncludes = NamedNode(f"{NAMESPACE}rangeIncludes")


class SH:
    """SHACL."""

    NAMESPACE = "http://www.w3.org/ns/shacl#"
    ValidationReport = NamedNode(f"{NAMESPACE}ValidationReport")
    ValidationResult = NamedNode(f"{NAMESPACE}ValidationResult")
    conforms = NamedNode(f"{NAMESPACE}conforms")
    result = NamedNode(f"{NAMESPACE}result")
    focusNode = NamedNode(f"{NAMESPACE}focusNode")
    resultPath = NamedNode(f"{NAMESPACE}resultPath")
    resultSeverity = NamedNode(f"{NAMESPACE}resultSeverity")
    resultMessage = NamedNode(f"{NAMESPACE}resultMessage")
    sourceConstraintComponent = NamedNode(f"{NAMESPACE}sourceConstraintComponent")
    sourceShape = NamedNode(f"{NAMESPACE}sourceShape")
    sourceConstraint = NamedNode(f"{NAMESPACE}sourceConstraint")
    value = NamedNode(f"{NAMESPACE}value")
    Violation = NamedNode(f"{NAMESPACE}Violation")
    Warning = NamedNode(f"{NAMESPACE}Warning")
    Info = NamedNode(f"{NAMESPACE}Info")


class DCAT:
    """DCAT 3, for the description of the dumps."""

    NAMESPACE = "http://www.w3.org/ns/dcat#"
    Dataset = NamedNode(f"{NAMESPACE}Dataset")
    Distribution = NamedNode(f"{NAMESPACE}Distribution")
    DataService = NamedNode(f"{NAMESPACE}DataService")
    distribution = NamedNode(f"{NAMESPACE}distribution")
    accessService = NamedNode(f"{NAMESPACE}accessService")
    endpointURL = NamedNode(f"{NAMESPACE}endpointURL")
    servesDataset = NamedNode(f"{NAMESPACE}servesDataset")
    downloadURL = NamedNode(f"{NAMESPACE}downloadURL")
    byteSize = NamedNode(f"{NAMESPACE}byteSize")
    mediaType = NamedNode(f"{NAMESPACE}mediaType")


class VOID:
    """VoID, for the description of the dataset."""

    NAMESPACE = "http://rdfs.org/ns/void#"
    Dataset = NamedNode(f"{NAMESPACE}Dataset")
    triples = NamedNode(f"{NAMESPACE}triples")
    entities = NamedNode(f"{NAMESPACE}entities")
    classPartition = NamedNode(f"{NAMESPACE}classPartition")
    propertyPartition = NamedNode(f"{NAMESPACE}propertyPartition")
    property = NamedNode(f"{NAMESPACE}property")
    dataDump = NamedNode(f"{NAMESPACE}dataDump")
    sparqlEndpoint = NamedNode(f"{NAMESPACE}sparqlEndpoint")
    uriSpace = NamedNode(f"{NAMESPACE}uriSpace")
    vocabulary = NamedNode(f"{NAMESPACE}vocabulary")


class SD:
    """SPARQL service description."""

    NAMESPACE = "http://www.w3.org/ns/sparql-service-description#"
    Service = NamedNode(f"{NAMESPACE}Service")
    Dataset = NamedNode(f"{NAMESPACE}Dataset")
    Graph = NamedNode(f"{NAMESPACE}Graph")
    NamedGraph = NamedNode(f"{NAMESPACE}NamedGraph")
    endpoint = NamedNode(f"{NAMESPACE}endpoint")
    supportedLanguage = NamedNode(f"{NAMESPACE}supportedLanguage")
    SPARQL11Query = NamedNode(f"{NAMESPACE}SPARQL11Query")
    resultFormat = NamedNode(f"{NAMESPACE}resultFormat")
    defaultDataset = NamedNode(f"{NAMESPACE}defaultDataset")
    defaultGraph = NamedNode(f"{NAMESPACE}defaultGraph")
    namedGraph = NamedNode(f"{NAMESPACE}namedGraph")
    name = NamedNode(f"{NAMESPACE}name")


#: Class of each kind of entity, by the value of :class:`kg.model.Kind`.
ENTITY_CLASSES: Mapping[str, NamedNode] = MappingProxyType(
    {
        "Province": PA.Province,
        "Prefecture": PA.Prefecture,
        "County": PA.County,
        "Township": PA.Township,
        "Village": PA.Village,
        "Region": PA.Region,
        "Person": PA.Person,
        "Organisation": PA.Organisation,
        "Programme": PA.Programme,
        "Product": PA.Product,
        "Award": PA.Award,
        "CreativeWork": PA.CreativeWork,
    }
)

#: The closed list of relations, by the local names that :class:`kg.model.RelationClaim` carries.
RELATIONS: Mapping[str, NamedNode] = MappingProxyType(
    {
        "partOf": PA.partOf,
        "locatedIn": PA.locatedIn,
        "implementedIn": PA.implementedIn,
        "residentOf": PA.residentOf,
        "worksAt": PA.worksAt,
        "visited": PA.visited,
        "hasComponent": PA.hasComponent,
        "operatedBy": PA.operatedBy,
        "participatesIn": PA.participatesIn,
        "assistedBy": PA.assistedBy,
        "produces": PA.produces,
        "created": PA.created,
        "received": PA.received,
    }
)

#: Prefixes for Turtle, TriG and SPARQL.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "pa": PA_NAMESPACE,
        "pash": SHAPES_NAMESPACE,
        "rdf": RDF.NAMESPACE,
        "rdfs": RDFS.NAMESPACE,
        "owl": OWL.NAMESPACE,
        "xsd": XSD.NAMESPACE,
        "skos": SKOS.NAMESPACE,
        "dc": DC.NAMESPACE,
        "dct": DCT.NAMESPACE,
        "prov": PROV.NAMESPACE,
        "oa": OA.NAMESPACE,
        "org": ORG.NAMESPACE,
        "schema": SCHEMA.NAMESPACE,
        "sh": SH.NAMESPACE,
        "dcat": DCAT.NAMESPACE,
        "void": VOID.NAMESPACE,
        "sd": SD.NAMESPACE,
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "qb": "http://purl.org/linked-data/cube#",
        "qudt": "http://qudt.org/schema/qudt/",
        "quantity": "http://qudt.org/vocab/unit/",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "vann": "http://purl.org/vocab/vann/",
    }
)
