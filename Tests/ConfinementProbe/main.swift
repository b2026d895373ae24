import Confinement
import Foundation

switch CommandLine.arguments.dropFirst().first {
case "unable": ConfinedWorker.serve { throw ProbeFailure(description: "the probe was told to fail") }
case "parent": await ProbeParent.keepBusy()
case "count": try await ProbeParent.countDescriptors()
default: ConfinedWorker.serve { Probe.answer }
}
