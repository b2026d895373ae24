import ArgumentParsing
import Domain
import Foundation
import Importing

/// `fovea import`: puts folders of photos in, each photo exactly once, and says what there is then.
struct ImportPhotos: Command {
    static let syntax = CommandSyntax(
        "import", summary: "Put folders of photos in, and say what you have.",
        operands: .init("PATH…", help: "folders with all that is below them, and files"),
        options: [
            OptionSyntax("--bucket", "B", help: "the bucket to put them in (default incoming)"),
            OptionSyntax(
                "--as", "PREFIX", help: "in the keys, PREFIX stands for the folder’s path (with one PATH only)"),
            .data,
            OptionSyntax("--no-wait", help: "do not wait until the photos are looked at"),
            OptionSyntax("--json", help: "the report as one JSON object, with every file left out, refused or failed"),
        ],
        notes: """
            A photo’s key is its path, so nothing is put in twice: run the same again after an interruption, or when
            there are new photos. Hidden files, symbolic links and what is no picture are left out, and counted.

            Beside a running server the photos go there; without one, this command looks at them itself.

            Ctrl-C stops it; a second one stops it at once. Nothing is lost either way.
            Exit status: 0 when every picture is in and was looked at, 1 when not, 2 for wrong usage.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        // The report tells what went wrong with which photo. Log lines would only tear the line of progress.
        setenv("FOVEA_LOG", "error", 0)
        let start = ContinuousClock.now
        let stop = StopSignal()
        let job = try job(arguments)
        let owner = try await ImportOwner.of(arguments.dataFolder, looks: job.waits)
        let door = SocketDoor(folder: arguments.dataFolder)
        let asJSON = arguments.has("--json")

        let tally = ImportTally(mostNames: asJSON ? .max : 3)
        let end = await run(job, through: door, tally: tally, until: stop)
        var report = tally.report
        report.stopped = end?.sentence
        if end == nil, job.waits { report.library = await door.summary(of: job.bucket) }
        await owner.close()

        if asJSON {
            Terminal.print(String(decoding: try PhotoDocument.encoder.encode(report), as: UTF8.self) + "\n")
        } else {
            Terminal.print(report.text(took: (ContinuousClock.now - start) / .seconds(1)))
            let isPlain = !Terminal.isInteractive(STDOUT_FILENO)
            let folder = arguments.text("--data").map { " --data \($0)" } ?? ""
            if let library = report.library {
                Terminal.print("\n" + library.text(isPlain: isPlain, command: "fovea search\(folder)"))
            }
        }
        return report.isWell ? .success : .failure
    }

    private static func job(_ arguments: Arguments) throws -> PhotoImport {
        let name = arguments.text("--bucket") ?? BucketName.incoming.description
        guard let bucket = BucketName(name) else {
            throw UsageError("--bucket takes the name of a bucket, not “\(name)”")
        }
        let prefix = arguments.text("--as")
        guard prefix == nil || arguments.operands.count == 1 else {
            throw UsageError("--as goes with one PATH: under one prefix, the files of two would replace each other")
        }
        do throws(Failure) {
            var job = PhotoImport(try FolderWalk(arguments.operands), into: bucket, below: prefix)
            job.waits = !arguments.has("--no-wait")
            return job
        } catch {
            throw UsageError(error.message)
        }
    }

    /// Runs the import with its progress; the first signal ends it politely, the second at once.
    private static func run(
        _ job: PhotoImport, through door: SocketDoor, tally: ImportTally, until stop: StopSignal
    ) async -> ImportStop? {
        let work = Task { () -> ImportStop? in
            do throws(ImportStop) {
                try await job.run(through: door, tally: tally)
                return nil
            } catch {
                return error
            }
        }
        let interruption = Task {
            guard await !stop.wait().isEmpty else { return }
            work.cancel()
            guard await !stop.wait().isEmpty else { return }
            _exit(ExitStatus.failure.rawValue)
        }
        let display = Task { await ImportDisplay(of: tally).run() }
        let end = await work.value
        interruption.cancel()
        display.cancel()
        await display.value
        return end
    }
}

extension ImportStop {
    fileprivate var sentence: String {
        let remedy = "Stopped. Run the same again to go on."
        return switch self {
        case .cancelled: remedy
        case .server(let reason): "\(reason)\n\(remedy)"
        }
    }
}
