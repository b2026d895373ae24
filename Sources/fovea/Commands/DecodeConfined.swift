import Confinement
import Domain
import Foundation
import Imaging

/// The decoder's side of the house: this program again, confined. Not for people.
enum DecodeConfined {
    static let name = "decode-confined"

    /// A process that runs this command.
    static func process() -> ConfinedProcess {
        ConfinedProcess(arguments: [name])
    }

    static func run() -> Never {
        ConfinedWorker.serve {
            let codec = try PictureCodec.start()
            return { request, file, output in answer(request, file, output, with: codec) }
        }
    }

    private static func answer(
        _ request: [UInt8], _ file: Int32, _ output: UnsafeMutableRawBufferPointer, with codec: PictureCodec
    ) -> [UInt8] {
        do {
            let order = try JSONDecoder().decode(DecodeOrder.self, from: Data(request))
            let answer: DecodeAnswer
            do throws(Failure) {
                answer = .report(try codec.decode(file, for: order, into: output))
            } catch {
                answer = .failure(error)
            }
            return Array(try JSONEncoder().encode(answer))
        } catch {
            // Only a parent of another version sends what cannot be read; it notices the empty answer.
            return []
        }
    }
}
