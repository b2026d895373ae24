"""The label vocabulary: complete, in everyday words, without contradictions."""

import json

import pytest

from conversion.errors import ModelError
from conversion.labels import vocabulary, wordnet
from conversion.labels.vocabulary import Tables
from conversion.labels.wordnet import Synset

#: Class index → name and parents, as a person would say them.
SPOT_CHECKS = {
    1: ("Goldfish", "Fish Pet Animal"),
    7: ("Rooster", "Chicken Bird Animal"),
    22: ("Bald Eagle", "Eagle Bird"),
    97: ("Mallard", "Duck Bird"),
    134: ("Crane Bird", "Bird"),
    207: ("Golden Retriever", "Retriever Dog Pet Mammal Animal"),
    250: ("Husky", "Dog"),
    281: ("Tabby Cat", "Cat Pet Mammal Animal"),
    285: ("Cat", "Pet Animal"),
    291: ("Lion", "Mammal"),
    323: ("Monarch Butterfly", "Butterfly Insect"),
    388: ("Panda", "Bear"),
    404: ("Airliner", "Airplane Aircraft Vehicle"),
    431: ("Bassinet", "Bed Furniture"),
    445: ("Bikini", "Swimwear Clothing"),
    504: ("Coffee Cup", "Cup"),
    508: ("Computer Keyboard", "Keyboard Electronics"),
    517: ("Construction Crane", "Machine"),
    546: ("Electric Guitar", "Guitar Musical_Instrument"),
    555: ("Fire Truck", "Truck Vehicle"),
    608: ("Jeans", "Pants Clothing"),
    620: ("Laptop", "Computer Electronics"),
    657: ("Rocket", "Vehicle"),
    665: ("Moped", "Motorcycle Vehicle"),
    681: ("Laptop", "Computer"),
    779: ("School Bus", "Bus Vehicle"),
    796: ("Ski Mask", "Mask Clothing"),
    817: ("Sports Car", "Car Vehicle"),
    836: ("Sunglasses", "Glasses Accessory"),
    933: ("Cheeseburger", "Burger Food"),
    947: ("Mushroom", "Fungus"),
    949: ("Strawberry", "Berry Fruit Food"),
    967: ("Espresso", "Coffee Drink Coffee_Cup"),
    978: ("Beach", "Nature"),
    985: ("Daisy", "Flower Plant"),
}

#: Words of WordNet that nobody would look for.
ABSTRACT = """Entity Object Whole Artifact Instrumentality Device Placental Chordate Vertebrate Organism Covering Matter
Substance Structure Abstraction Implement Equipment Conveyance Commodity Carnivore Ungulate Artefact""".split()


@pytest.mark.parametrize("index", SPOT_CHECKS)
def test_spot_checks(index, words):
    name, parents = SPOT_CHECKS[index]
    assert words.classes[index] == name
    missing = {parent.replace("_", " ") for parent in parents.split()} - set(words.parents[name])
    assert not missing


def test_every_class_has_a_name_and_something_it_is_a_kind_of(words):
    assert len(words.classes) == 1000
    tops = {name for name, parents in words.parents.items() if not parents}
    above = {parent for parents in words.parents.values() for parent in parents}
    assert [name for name in words.classes if name in tops and name not in above] == []


def test_names_are_title_case_and_everyday(words):
    for name in words.parents:
        assert name == name.strip() and name[0].isupper() or name == "iPod", name
        assert name not in ABSTRACT


def test_parents_exist_are_complete_and_come_nearest_first(words):
    for name, parents in words.parents.items():
        assert name not in parents and len(parents) == len(set(parents))
        for at, parent in enumerate(parents):
            assert set(words.parents[parent]) <= set(parents), f"{name} misses what {parent} is a kind of"
            assert set(words.parents[parent]) <= set(parents[at + 1 :]), f"{name}: {parent} comes after its own parent"


def test_the_tables_hold_nothing_idle(words, tables, nouns, class_synsets):
    assert set(tables.ancestors) <= set(nouns) and set(tables.class_names) <= set(class_synsets)
    assert set(tables.ancestors.values()) <= set(words.parents)
    assert {name for name, _, _ in tables.parent_rules} <= set(words.parents)
    named_as_wordnet_does = [
        name for synset, name in tables.class_names.items() if name == vocabulary.title_case(nouns[synset].words[0])
    ]
    assert not named_as_wordnet_does


def test_labels_json_says_the_same(words, tables_folder):
    document = json.loads(words.document(vocabulary.digest(tables_folder)))
    names = [label["name"] for label in document["labels"]]
    assert tuple(names[index] for index in document["classes"]) == words.classes
    known: set[str] = set()
    for label in document["labels"]:
        assert set(label["parents"]) <= known, "a label comes after everything it is a kind of"
        known.add(label["name"])


def test_wordnet_is_asked_for_by_its_package(tmp_path):
    with pytest.raises(ModelError) as error:
        wordnet.read_nouns(tmp_path / "none")
    assert "wordnet-base" in error.value.remedy


def test_wordnet_is_read(nouns):
    assert nouns["n02123045"].words[:2] == ("tabby", "tabby cat")
    assert nouns["n02123045"].hypernyms == ("n02121808",)
    assert len(nouns) == 82115


NOUNS = {
    "n1": Synset("n1", ("animal",), ()),
    "n2": Synset("n2", ("placental",), ("n1",)),
    "n3": Synset("n3", ("house cat",), ("n2",)),
}


def test_what_is_not_kept_is_skipped():
    words = vocabulary.build(["n3"], NOUNS, Tables({"n1": "Animal"}, {}, []))
    assert words.parents == {"Animal": (), "House Cat": ("Animal",)}


def test_rules_add_and_replace():
    rules = [("House Cat", "+", ("Pet",)), ("Pet", "=", ("Friend",))]
    words = vocabulary.build(["n3"], NOUNS, Tables({"n1": "Animal"}, {}, rules))
    assert words.parents["House Cat"] == ("Pet", "Animal", "Friend")
    words = vocabulary.build(["n3"], NOUNS, Tables({"n1": "Animal"}, {}, [*rules, ("House Cat", "=", ())]))
    assert words.parents == {"Friend": (), "House Cat": (), "Pet": ("Friend",)}


def test_what_only_the_tables_have_is_a_label_too(words):
    assert words.parents["Giraffe"][:2] == ("Mammal", "Animal")
    assert words.parents["Boy"] == ("Child", "Person")
    assert "Receipt" not in words.classes


def test_aliases_and_categories(words, tables):
    assert "Sofa" in words.aliases["Couch"]
    assert words.categories["Golden Retriever"] == ("Animals and Pets",)
    assert words.categories["Street"] == ("Transport and Logistics", "Nature and Outdoors")
    assert [name for name in words.parents if not words.categories[name]] == []
    names = {name.lower() for name in words.parents}
    clashing = [alias for others in tables.aliases.values() for alias in others if alias.lower() in names]
    assert not clashing, "an alias is no label's own name"


@pytest.mark.parametrize("table", ["aliases", "categories"])
def test_tables_that_name_no_label_are_refused(table):
    tables = Tables({"n1": "Animal"}, {}, [], **{table: {"Unicorn": ("Horse",)}})
    with pytest.raises(ModelError, match="Unicorn"):
        vocabulary.build(["n3"], NOUNS, tables)


def test_circles_are_refused():
    rules = [("Pet", "+", ("House Cat",)), ("House Cat", "+", ("Pet",))]
    with pytest.raises(ModelError, match="circle"):
        vocabulary.build(["n3"], NOUNS, Tables({"n1": "Animal"}, {}, rules))
