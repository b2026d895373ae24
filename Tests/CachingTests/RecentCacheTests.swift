import Caching
import Testing

@Suite struct RecentCacheTests {
    @Test func theLatestValueIsKept() {
        let cache = RecentCache<Int, String>(capacity: 4)
        #expect(cache.value(for: 1) == nil)
        cache.keep("a", for: 1)
        cache.keep("b", for: 1)
        #expect(cache.value(for: 1) == "b")
    }

    @Test func whatIsUsedStaysAndTheRestGoes() {
        let cache = RecentCache<Int, Int>(capacity: 10)
        for key in 0..<1000 {
            cache.keep(key, for: key)
            #expect(cache.value(for: 0) == 0)
        }
        #expect((1..<900).allSatisfy { cache.value(for: $0) == nil })
        #expect((991..<1000).allSatisfy { cache.value(for: $0) == $0 })
    }

    @Test func manyThreadsMayUseIt() async {
        let cache = RecentCache<Int, Int>(capacity: 100)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<1000 {
                        let key = (number * 31 + task) % 300
                        if let found = cache.value(for: key) { #expect(found == key) }
                        cache.keep(key, for: key)
                    }
                }
            }
        }
    }
}
