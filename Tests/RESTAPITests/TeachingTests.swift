import Domain
import Foundation
import HTTPServer
import Pipeline
import Testing

/// The routes of taught labels, on vectors that a test makes up.
@Suite struct TeachingTests {
    private let api = TestAPI()
    private let path = "/api/v1/labels/taught"

    /// Puts a photo in and settles it with a vector along one of three axes, a little off.
    private func add(_ key: String, along axis: Int?, model: String = "net-int8@1") async throws -> String {
        let id = try await api.add(key, key: key)
        let lease = try #require(try await api.catalog.lease(for: .seconds(60)))
        var findings = Findings(
            picture: PictureFacts(width: 4, height: 3, format: .jpeg), analysis: Analysis(states: [.labels: .done]))
        findings.analysis.models = ["labels": model]
        if let axis {
            var values = (0..<12).map { Float(($0 * 7 + key.utf8.reduce(0) { $0 + Int($1) }) % 11) / 11 }
            values[axis] += 4
            findings.analysis.vector = FeatureVector(values)
        }
        #expect(try await api.catalog.settle(lease, as: .analysed(findings)))
        return id.description
    }

    private func add(_ name: String, _ count: Int, along axis: Int) async throws -> [String] {
        var ids: [String] = []
        for number in 0..<count { ids.append(try await add("\(name)\(number)", along: axis)) }
        return ids
    }

    private func teach(_ name: String, _ verdicts: [String: [String]]) async throws -> TestAPI.Answer {
        var lesson: [String: Any] = verdicts
        lesson["name"] = name
        let body = try JSONSerialization.data(withJSONObject: lesson)
        return try await api.ask(.post, path, body: Array(body))
    }

    private func labels(of id: String) async throws -> [[String: Any]] {
        let photo = try await api.ask(.get, "/api/v1/photos/\(id)").object
        return try #require((photo["analysis"] as? [String: Any])?["labels"] as? [[String: Any]])
    }

    @Test func threeExamplesFindTheOthers() async throws {
        let beaches = try await add("beach", 6, along: 0)
        let others = try await add("other", 9, along: 1)
        let two = try await teach("Beach", ["yes": Array(beaches[..<2])])
        #expect(two.status == 201)
        #expect(two.headers["Location"] == "/api/v1/labels/taught/Beach")
        #expect(two.object["needed"] as? Int == 1)
        #expect(two.object["photos"] as? Int == 2)
        let three = try await teach("Beach", ["yes": [beaches[2]], "no": [others[0]]])
        #expect(three.status == 200)
        #expect(three.object["photos"] as? Int == 6)
        #expect(three.object["learning"] as? Bool == false)
        #expect(three.object["precision"] as? String == "3 of 3 right")
        #expect((three.object["examples"] as? [[String: Any]])?.count == 4)
        let found = try #require(try await labels(of: beaches[5]).first)
        #expect(found["name"] as? String == "Beach")
        #expect(found["taught"] as? Bool == true)
        #expect(try await labels(of: others[3]).isEmpty)
        let search = try await api.ask(.get, "/api/v1/photos?q=beach&label=Beach")
        #expect(try search.photos().count == 6)
    }

    @Test func aNewPhotoIsHeldAgainstIt() async throws {
        _ = try await add("other", 9, along: 1)
        _ = try await teach("Beach", ["yes": try await add("beach", 3, along: 0)])
        #expect(try await labels(of: try await add("late", along: 0)).first?["name"] as? String == "Beach")
        #expect(try await labels(of: try await add("later", along: 2)).isEmpty)
    }

    @Test func anExampleThatWaitsIsUsedOnceItHasAVector() async throws {
        let beaches = try await add("beach", 2, along: 0)
        _ = try await add("other", 9, along: 1)
        let waiting = try await api.add("late", key: "late")
        let answer = try await teach("Beach", ["yes": beaches + [waiting.description]])
        #expect(answer.object["needed"] as? Int == 0)
        #expect(answer.object["waiting"] as? Int == 1)
        #expect(answer.object["model"] == nil)
        #expect(try await api.ask(.get, "/api/v1/photos/\(waiting)").object["status"] as? String == "queued")
        let lease = try #require(try await api.catalog.lease(for: .seconds(60)))
        var findings = Findings(
            picture: PictureFacts(width: 4, height: 3, format: .jpeg), analysis: Analysis(states: [.labels: .done]))
        findings.analysis.models = ["labels": "net-int8@1"]
        findings.analysis.vector = FeatureVector([4] + (1..<12).map { Float($0) / 11 })
        #expect(try await api.catalog.settle(lease, as: .analysed(findings)))
        #expect(try await api.ask(.get, "\(path)/Beach").object["learning"] as? Bool == true)
        await api.teacher.start()
        var label = try await api.ask(.get, "\(path)/Beach").object
        while label["learning"] as? Bool == true {
            try await Task.sleep(for: .milliseconds(20))
            label = try await api.ask(.get, "\(path)/Beach").object
        }
        await api.teacher.stop()
        #expect(label["model"] as? String == "net@1")
        #expect(label["waiting"] as? Int == 0)
    }

    @Test func theUnsureAreToBeReviewed() async throws {
        _ = try await add("other", 9, along: 1)
        _ = try await teach("Beach", ["yes": try await add("beach", 4, along: 0)])
        let review = try await api.ask(.get, "\(path)/Beach/candidates?limit=3")
        #expect(review.status == 200)
        #expect(try review.photos().count <= 3)
        #expect(try await api.ask(.get, "\(path)/Beach/candidates?limit=0").status == 400)
        #expect(try await api.ask(.get, "\(path)/Nothing/candidates").status == 404)
    }

    @Test func aLabelGoesElsewhereAndComesBack() async throws {
        let beaches = try await add("beach", 5, along: 0)
        let others = try await add("other", 9, along: 1)
        _ = try await teach("Our Beach", ["yes": Array(beaches[..<3]), "no": [others[0]]])
        let file = try await api.ask(.get, "\(path)/Our%20Beach/export")
        #expect(file.object["format"] as? String == "fovea-label/1")
        #expect(try await api.ask(.delete, "\(path)/Our%20Beach").status == 204)
        #expect(try await labels(of: beaches[4]).isEmpty)
        #expect(try await api.ask(.get, "\(path)/Our%20Beach").status == 404)
        let back = try await api.ask(.post, "/api/v1/labels/import", body: file.bytes)
        #expect(back.status == 201)
        #expect(back.object["yes"] as? Int == 3)
        #expect(back.object["photos"] as? Int == 5)

        let elsewhere = TestAPI()
        let taken = try await elsewhere.ask(.post, "/api/v1/labels/import", body: file.bytes)
        #expect(taken.status == 201)
        #expect(taken.object["unknown"] as? Int == 4)
        #expect(taken.object["needed"] as? Int == 0)
        #expect(taken.object["precision"] as? String == "3 of 3 right")
    }

    @Test func aFileOfOtherVectorsOrADamagedOneIsRefused() async throws {
        let beaches = try await add("beach", 3, along: 0)
        _ = try await add("other", 9, along: 1)
        _ = try await teach("Beach", ["yes": beaches])
        let bytes = try await api.ask(.get, "\(path)/Beach/export").bytes
        let text = String(decoding: bytes, as: UTF8.self)
        func take(_ text: String) async throws -> TestAPI.Answer {
            try await api.ask(.post, "/api/v1/labels/import", body: Array(text.utf8))
        }
        let foreign = try await take(text.replacing("net@1", with: "other@2"))
        #expect(foreign.status == 409)
        #expect(try foreign.text("code") == "other_model")
        #expect(try foreign.text("detail").contains("net@1"))
        let short = try #require(LinearClassifier(model: "net@1", weights: [1, 2], threshold: 0, slope: 1))
        var file = try JSONDecoder().decode(TaughtLabelFile.self, from: Data(bytes))
        file.classifier = short
        let damaged = [
            "", "[]", "{}", String(text.dropLast(9)), text.replacing("fovea-label/1", with: "fovea-label/9"),
            text.replacing("\"yes\"", with: "\"none\""), text.replacing("\"slope\":", with: "\"slope\":-"),
            String(decoding: try JSONEncoder().encode(file), as: UTF8.self),
        ]
        for text in damaged {
            let refused = try await take(text)
            #expect(refused.status == 422, "\(text.prefix(80))")
            #expect(try refused.text("code") == "damaged_label")
        }
        #expect(try await api.ask(.get, "\(path)/Beach").object["yes"] as? Int == 3)
    }

    @Test func whatMakesNoSenseIsRefusedAndLeavesNothing() async throws {
        let id = try await add("a", along: 0)
        let cases: [(String, [String: [String]], Int, String)] = [
            ("", ["yes": [id]], 400, "bad_label_name"), ("  \n ", ["yes": [id]], 400, "bad_label_name"),
            ("a\u{7}b", ["yes": [id]], 400, "bad_label_name"), ("---", ["yes": [id]], 400, "bad_label_name"),
            (String(repeating: "x", count: 61), ["yes": [id]], 400, "bad_label_name"),
            ("Beach", ["yes": [id], "no": [id]], 400, "contradiction"),
            ("Beach", [:], 400, "no_examples"),
            ("Beach", ["yes": [id, PhotoID().description]], 404, "unknown_photo"),
            ("Beach", ["no": ["../../etc"]], 404, "unknown_photo"),
        ]
        for (name, verdicts, status, code) in cases {
            let refused = try await teach(name, verdicts)
            #expect(refused.status == status, "\(name)")
            #expect(try refused.text("code") == code)
        }
        let bad = try await api.ask(.post, path, body: Array("{".utf8))
        #expect(try bad.text("code") == "bad_json")
        #expect(try await api.ask(.delete, "\(path)/Beach").status == 404)
        #expect((try await api.ask(.get, path).object["labels"] as? [Any])?.isEmpty == true)
    }

    @Test func manyTeachOneLabelAtATime() async throws {
        let beaches = try await add("beach", 8, along: 0)
        _ = try await add("other", 9, along: 1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for id in beaches { group.addTask { try await teach("Beach", ["yes": [id]]).status } }
            var statuses: [Int] = []
            for try await status in group { statuses.append(status) }
            #expect(statuses.sorted() == Array(repeating: 200, count: 7) + [201])
        }
        let label = try await api.ask(.get, "\(path)/Beach").object
        #expect(label["yes"] as? Int == 8)
        #expect(label["learning"] as? Bool == false)
        #expect(label["precision"] as? String == "8 of 8 right")
    }
}
