import ArgumentParsing
import Domain
import Foundation
import Importing

/// `fovea watch`: brings in what comes into a folder, until it is told to stop.
struct Watch: Command {
    static let syntax = CommandSyntax(
        "watch", summary: "Put in every picture that comes into a folder, as it comes.",
        operands: .init("DIR", help: "the folder; all folders below it are watched, too", most: 1),
        options: [
            OptionSyntax("--bucket", "B", help: "the bucket to put pictures in (default incoming)"),
            OptionSyntax("--as", "PREFIX", help: "in the keys, PREFIX stands for the folder’s path"),
            .data,
            OptionSyntax(
                "--settle", "SECONDS", help: "take a file once it stayed the same for so long (default 2)"),
            OptionSyntax(
                "--rescan", "SECONDS",
                help: "look through the whole folder this often (default 60 where changes are not\n"
                    + "heard, as on network shares, else 900)"),
            OptionSyntax("--rescan-only", help: "do not ask the kernel (inotify) to tell of changes"),
            OptionSyntax("--server", help: "leave the data folder to a server, and wait for one that is not there"),
            OptionSyntax("--json", help: "a JSON object a line: watching, file, notice, stopped"),
        ],
        notes: """
            What is in the folder already is put in first, as `fovea import` would, with the same keys: the paths. A file
            is taken once it has stopped growing and nobody writes to it. An edited file replaces its own photo.

            No file is put in twice, also after a restart: what was brought in is noted in the data folder, under watch/.
            A photo that you delete from Fovea stays deleted though its file is still there, and a file that is moved
            within the folder is not put in again. A file that you delete does not delete its photo.

            Hidden files, unfinished downloads (.part, .crdownload, .tmp …), @eaDir, symbolic links and what is no picture
            are left out.

            Beside a running server the pictures go there, and it is waited for when it is away. Without one, this command
            owns the data folder and looks at the pictures itself, and no server can start until it is stopped; where a
            server will come, say --server.

            Ctrl-C or SIGTERM stops it, nothing is lost. Exit status: 0 when it was stopped, 1 when it cannot go on, 2 for
            wrong usage.
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        // The lines on the terminal are those of the watch; elsewhere, the log has a stream of its own.
        if Terminal.isInteractive(STDERR_FILENO) { setenv("FOVEA_LOG", "warning", 0) }
        // What a look for writers at a file may send, see `FoundFile.isBeingWritten`; ends the program by default.
        signal(SIGIO, SIG_IGN)
        let watch = try watch(arguments)
        let folder = arguments.dataFolder
        let display = WatchDisplay(of: watch.bucket, isJSON: arguments.has("--json"))
        let stop = StopSignal()
        let isOwner = !arguments.has("--server")
        let work = Task { try await bring(watch, to: folder, isOwner: isOwner, display) }
        // The first signal ends it politely, the second at once.
        Task {
            _ = await stop.wait()
            work.cancel()
            _ = await stop.wait()
            _exit(ExitStatus.failure.rawValue)
        }
        do {
            try await work.value
        } catch let failure as Failure {
            Terminal.print("fovea: \(failure.message)\n", to: STDERR_FILENO)
            return .failure
        }
        display.end()
        return .success
    }

    /// Watches; with `isOwner` as the owner of the folder where nobody else is.
    private static func bring(
        _ watch: FolderWatch, to folder: String, isOwner: Bool, _ display: WatchDisplay
    ) async throws {
        let owner: ImportOwner
        do {
            owner = isOwner ? try await ImportOwner.of(folder, looks: true) : .server
        } catch is CancellationError {
            return
        }
        let ending: Result<Void, Failure>
        do throws(Failure) {
            try await watch.run(
                through: SocketDoor(folder: folder), journals: folder + "/watch", telling: display.show)
            ending = .success(())
        } catch {
            ending = .failure(error)
        }
        // In a task of its own, which nobody has cancelled.
        await Task { await owner.close() }.value
        try ending.get()
    }

    private static func watch(_ arguments: Arguments) throws -> FolderWatch {
        let name = arguments.text("--bucket") ?? BucketName.incoming.description
        guard let bucket = BucketName(name) else {
            throw UsageError("--bucket takes the name of a bucket, not “\(name)”")
        }
        let settle = try arguments.number("--settle", in: 0.1...3600)
        let rescan = try arguments.number("--rescan", in: 0.1...86_400)
        do throws(Failure) {
            var watch = try FolderWatch(arguments.operands[0], into: bucket, below: arguments.text("--as"))
            if let settle { watch.settleTime = .seconds(settle) }
            watch.rescanTime = rescan.map(Duration.seconds)
            watch.hearsChanges = !arguments.has("--rescan-only")
            return watch
        } catch {
            throw UsageError(error.message)
        }
    }
}
