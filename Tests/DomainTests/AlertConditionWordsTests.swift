import Domain
import Testing

struct AlertConditionWordsTests {
    @Test(arguments: [
        ("label Car >= 80", AlertCondition.label("Car", minConfidence: 80)),
        ("label Car≥80", .label("Car", minConfidence: 80)),
        ("  Label  Fire Truck  >=  72.5 ", .label("Fire Truck", minConfidence: 72.5)),
        ("label Car at least 80", .label("Car", minConfidence: 80)),
        ("label a >= b >= 3", .label("a >= b", minConfidence: 3)),
        ("moderation >= 60", .moderation(nil, minConfidence: 60)),
        ("moderation Violence ≥ 0", .moderation("Violence", minConfidence: 0)),
        ("text contains INVOICE", .text("INVOICE")),
        ("text contains  due >= 100  now", .text("due >= 100  now")),
        ("faces >= 3", .faces(3)),
    ])
    func wordsAreRead(_ words: String, _ condition: AlertCondition) throws {
        #expect(try AlertCondition(words: words) == condition)
    }

    @Test(arguments: [
        AlertCondition.label("Car", minConfidence: 80), .label("Fire Truck", minConfidence: 0.25),
        .moderation(nil, minConfidence: 100), .moderation("Violence", minConfidence: 60), .text("Total due"),
        .faces(1000),
    ])
    func whatIsWrittenIsRead(_ condition: AlertCondition) throws {
        #expect(try AlertCondition(words: condition.description) == condition)
    }

    @Test(arguments: [
        ("", "begins with label, moderation, text or faces"),
        ("colour red >= 3", "not “colour”"),
        ("label Car", "“>=” and a number are missing after “label”"),
        ("label Car > 80", "“>=” and a number are missing after “label”"),
        ("label >= 80", "needs the name of a label"),
        ("label Car >=", "a number is missing after “>=”"),
        ("label Car >= many", "not “many”"),
        ("label Car >= 101", "from 0 to 100, not “101”"),
        ("label Car >= nan", "not “nan”"),
        ("moderation 60", "missing after “moderation”"),
        ("text INVOICE", "after “text” comes “contains”, not “INVOICE”"),
        ("text contains", "“contains” needs a text"),
        ("faces >= 0", "from 1 to 1000, not “0”"),
        ("faces >= 2.5", "not “2.5”"),
        ("faces many >= 3", "after “faces” comes “>=”, not “many”"),
        ("label \(String(repeating: "x", count: 201)) >= 3", "at most 200 characters"),
    ])
    func whatIsWrongIsNamed(_ words: String, _ complaint: String) {
        let error = #expect(throws: AlertWordsError.self) { try AlertCondition(words: words) }
        #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
    }
}
