import Testing

@testable import Perception

@Suite("Receipts")
struct ReceiptTests {
    @Test("Three prices and a word for their sum make a bill")
    func bill() {
        #expect(LabelMerging.isReceipt(["Milk 1.20", "Bread 2,50", "TOTAL 3.70"]))
        #expect(LabelMerging.isReceipt(["1.20 2.50", "cash 5.00"]))
    }

    @Test(
        "Other pages are none",
        arguments: [
            ["Milk 1.20", "Bread 2,50", "3.70"], ["the total of all things", "1.20"], ["Totally 1.20 2.30 4.50"],
            ["version 1.234 and 2.345 and 3.456 in total"], [],
        ])
    func others(lines: [String]) {
        #expect(!LabelMerging.isReceipt(lines))
    }
}
