import Domain
import Search
import Testing

@Suite struct PhotoQueryTextTests {
    @Test func wordsAndPhrases() {
        #expect(PhotoQuery(text: "  dog   beach ").words == ["dog", "beach"])
        #expect(PhotoQuery(text: "\"golden retriever\" park").words == ["golden retriever", "park"])
        #expect(PhotoQuery(text: "mount*").words == ["mount*"])
        #expect(PhotoQuery(text: "").words == [])
        #expect(PhotoQuery(text: "München 2024").words == ["München", "2024"])
    }

    @Test func fields() {
        #expect(PhotoQuery(text: "label:Dog").labels == ["Dog"])
        #expect(PhotoQuery(text: "Label:\"Coffee Mug\" red").labels == ["Coffee Mug"])
        #expect(PhotoQuery(text: "Label:\"Coffee Mug\" red").words == ["red"])
        #expect(PhotoQuery(text: "bucket:incoming").bucket == .incoming)
    }

    @Test func nothingIsAnError() {
        #expect(PhotoQuery(text: "\"unfinished phrase").words == ["unfinished phrase"])
        #expect(PhotoQuery(text: "label:").labels == [])
        #expect(PhotoQuery(text: "12:30").words == ["12:30"])
        #expect(PhotoQuery(text: "a:b").words == ["a:b"])
        #expect(PhotoQuery(text: "- * ! \"\" 🐶").words == [])
    }
}
