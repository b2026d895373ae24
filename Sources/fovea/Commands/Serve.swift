import ArgumentParsing
import Domain
import Foundation
import HTTPServer
import LocalStore
import Pipeline
import Telemetry

/// `fovea serve`: the server with its web page, until it is told to stop.
struct Serve: Command {
    static let syntax = CommandSyntax(
        "serve", summary: "Start the server and its web page.",
        options: [
            .data,
            OptionSyntax("--host", "H", help: "the loopback address to listen on (default 127.0.0.1)"),
            OptionSyntax("--port", "P", help: "the port to listen on; 0 picks a free one (default 8080)"),
            OptionSyntax("--lanes", "N", help: "look at N photos at a time (default: one a core)"),
            OptionSyntax("--queue-limit", "N", help: "let at most N photos wait to be looked at (default 10000)"),
            OptionSyntax("--keep-free", "MB", help: "take in no photo when less is free on the disk (default 200)"),
        ],
        notes: """
            The log goes to standard error: text at a terminal, JSON elsewhere; FOVEA_LOG=debug says more.

            Telling people and programs, by the environment:
              FOVEA_SMTP_URL        who takes mail: smtp://USER:PASSWORD@HOST:587 (with STARTTLS, never without),
                                    smtps://…:465 (TLS), or smtp+plain://localhost:25 (a relay on this machine);
                                    %40 for an @ in a user or password
              FOVEA_SMTP_CA         a file of certificates that are trusted besides the system's
              FOVEA_MAIL_FROM       the address that mail is sent from (default: the user, or the owner)
              FOVEA_OWNER_EMAIL     the address of the recipient “owner”; without it, nobody is told
              FOVEA_PUBLIC_URL      where links in mail lead (default: this server's address)
              FOVEA_WEBHOOK_ALLOW   hosts, addresses and ranges that webhooks may go to besides the public Internet,
                                    with commas between them: homeassistant.local,192.168.1.0/24
              FOVEA_WEBHOOK_CA      as FOVEA_SMTP_CA, for webhooks
              FOVEA_WEBHOOK_SECRET  the secret that they are signed with instead of the data folder's own
            """)

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let host = arguments.text("--host") ?? "127.0.0.1"
        guard ["127.0.0.1", "localhost", "::1"].contains(host) else {
            throw UsageError(
                "--host takes 127.0.0.1, ::1 or localhost, not “\(host)”: without accounts only this machine is served")
        }
        let port = try arguments.integer("--port", in: 0...65_535) ?? 8080
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let laneCount = try arguments.integer("--lanes", in: 1...64) ?? cores
        var limits = IntakeLimits()
        if let most = try arguments.integer("--queue-limit", in: 1...10_000_000) { limits.waitingPhotos = most }
        if let megabytes = try arguments.integer("--keep-free", in: 0...1_000_000_000) {
            limits.reservedBytes = megabytes * 1_000_000
        }

        let stop = StopSignal()
        let perception = InstalledPerception.load()
        for remedy in perception.remedies { Log.warning("an analysis is unavailable", ["remedy": remedy]) }
        let service = try Service(
            folder: arguments.dataFolder, perception: perception, intake: limits,
            page: port == 0 ? nil : address(host: host, port: port))
        let server = Server(
            router: service.router,
            listeners: [
                .tcp(host: host, port: port), .unixSocket(path: DataFolder.socketPath(in: arguments.dataFolder)),
            ],
            hostGuard: HostGuard())
        try server.start()
        let work = await BackgroundWork.start(service, analyzer: perception.analyzer, lanes: laneCount)
        let sweep = Task { try await service.removal.sweepStrays(before: service.startedAt) }
        announce(host: host, port: server.boundPort ?? port)
        Log.info("ready", ["data": arguments.dataFolder, "lanes": laneCount])
        if perception.isWhole, let hint = try? await service.staleHint() { Log.info(hint) }

        let signal = await stop.wait()
        Log.info("stopping", ["signal": signal])
        await service.feed.close()
        await server.stop()
        await work.stop()
        sweep.cancel()
        Log.info("stopped; photos that still wait are looked at after the next start")
        return .success
    }

    private static func address(host: String, port: Int) -> String {
        "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func announce(host: String, port: Int) {
        let address = address(host: host, port: port)
        Terminal.print(
            """
            Fovea is ready at \(address)

            Try it:
              open \(address) and drop a photo on the page
              curl --data-binary @photo.jpg '\(address)/api/v1/buckets/incoming/photos?wait=30'
              fovea search dog

            Ctrl-C stops it; nothing is lost.

            """)
    }
}
