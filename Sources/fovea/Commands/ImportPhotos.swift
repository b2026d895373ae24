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
        let folder = arguments.dataFolder
        let tally = ImportTally(mostNames: arguments.has("--json") ? .max : 3)
        let work = Task { try await bring(job, to: folder, tally: tally) }
        // The first signal ends it politely, the second at once.
        Task {
            _ = await stop.wait()
            work.cancel()
            _ = await stop.wait()
            _exit(ExitStatus.failure.rawValue)
        }
        let report = try await work.value
        try tell(report, (ContinuousClock.now - start) / .seconds(1), arguments)
        return report.isWell ? .success : .failure
    }

    /// Runs the import with its progress, as the owner of the folder where nobody else is.
    private static func bring(_ job: PhotoImport, to folder: String, tally: ImportTally) async throws -> ImportReport {
        let owner: ImportOwner
        do {
            owner = try await ImportOwner.of(folder, looks: job.waits)
        } catch is CancellationError {
            return tally.report(stopped: .cancelled)
        }
        let door = SocketDoor(folder: folder)
        let display = Task { await ImportDisplay(of: tally).run() }
        var report: ImportReport
        do throws(ImportStop) {
            try await job.run(through: door, tally: tally)
            report = tally.report
            if job.waits { report.library = await door.summary(of: job.bucket) }
        } catch {
            report = tally.report(stopped: error)
        }
        display.cancel()
        await display.value
        // In a task of its own, which nobody has cancelled.
        await Task { await owner.close() }.value
        return report
    }

    private static func tell(_ report: ImportReport, _ seconds: Double, _ arguments: Arguments) throws {
        guard !arguments.has("--json") else {
            Terminal.print(String(decoding: try PhotoDocument.encoder.encode(report), as: UTF8.self) + "\n")
            return
        }
        Terminal.print(report.text(took: seconds))
        guard let library = report.library else { return }
        let data = arguments.text("--data").map { " --data \($0)" } ?? ""
        let isPlain = !Terminal.isInteractive(STDOUT_FILENO)
        Terminal.print("\n" + library.text(isPlain: isPlain, command: "fovea search\(data)"))
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
}

extension ImportTally {
    /// What has become of all files until the import was stopped.
    fileprivate func report(stopped stop: ImportStop) -> ImportReport {
        let remedy = "Stopped. Run the same again to go on."
        var report = report
        report.stopped =
            switch stop {
            case .cancelled: remedy
            case .server(let reason): "\(reason)\n\(remedy)"
            }
        return report
    }
}
