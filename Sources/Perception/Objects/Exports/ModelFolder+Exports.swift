internal import Domain
internal import Foundation
internal import Inference

extension ModelFolder {
    /// Models that somebody has put in: every `*.onnx` in the folder that the manifest does not know, and in its sub-folder
    /// `detectors`; by name. Without a manifest nobody knows which of the folder are whose, so only those of the sub-folder.
    var exports: [ModelFile] {
        var known: Set<String>?
        if let manifest = try? ModelManifest(of: self) {
            known = Set(manifest.models.flatMap { $0.files.map(\.name) })
        }
        let own = models(in: url).filter { known?.contains($0) == false }
        return (own + models(in: url.appending(path: "detectors")).map { "detectors/\($0)" }).map {
            ModelFile(name: $0, purpose: "the model \($0)", analyses: [.labels])
        }
    }

    private func models(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".onnx") && !$0.hasPrefix(".") }.sorted()
    }

    /// What an export looks for, by what it was trained for. Its version is the time its file was written. Throws when it
    /// cannot be used, with its name and what to do.
    func task(for file: ModelFile, runtime: InferenceRuntime) throws(UnavailableError) -> any AnalysisTask {
        let name = URL(filePath: file.name).deletingPathExtension().lastPathComponent
        let path = url.appending(path: file.name).resolvingSymlinksInPath().path
        let session: InferenceSession
        do {
            session = try InferenceSession(runtime, model: path)
        } catch {
            let reason = if case .modelUnusable(_, let reason) = error { reason } else { error.description }
            throw UnavailableError(description: "\(name) cannot be loaded: \(reason); export it anew, or take it away")
        }
        let export = try UltralyticsExport(session, name: name)
        let written = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        let version = written.map { "\(Int($0.timeIntervalSince1970))" } ?? "1"
        if export.task == "classify" || export.task == nil && export.trial.first?.shape.count == 2 {
            return try ExportedClassifier(export, version: version)
        }
        return ObjectTask(try YOLO(export, version: version), name: "objects-\(name)", isWeighed: false)
    }
}
