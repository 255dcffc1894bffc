import AssayModel

/// Writes what every line is: `source,offset,line,kind,family,truth,category,viewable`, and in scenarios that have
/// networks of robots `network`: `chameleon-1`, or `-` for a line that belongs to none.
struct TruthWriter: Sendable {
  /// The first line of the file.
  let header: [UInt8]

  private let inventory: Inventory
  private let sources: [[UInt8]]
  private let kinds = EventKind.allCases.map { Array(",\($0.name),".utf8) }
  private let labels = Family.allCases.map { Array("\($0.name),\($0.truth.name),\($0.category),".utf8) }
  private let outcomes = Viewability.allCases.map { Array($0.name.utf8) }
  private let names = Family.allCases.map { Array(",\($0.name)-".utf8) }
  private let namesNetworks: Bool

  /// A writer for the world that a planner plans in.
  init(_ planner: VisitPlanner) {
    inventory = planner.inventory
    namesNetworks = planner.scenario.hasNetworks
    header = Array("source,offset,line,kind,family,truth,category,viewable\(namesNetworks ? ",network" : "")\n".utf8)
    sources = planner.scenario.logNames.map { Array("\($0),".utf8) }
  }

  /// Appends the row of a line that stands at a byte offset of its server's log; `number` counts lines from 1.
  func write(_ line: PlannedLine, offset: Int, number: Int, to out: inout [UInt8]) {
    out.append(contentsOf: sources[Int(line.server)])
    out.append(decimal: offset)
    out.append(UInt8(ascii: ","))
    out.append(decimal: number)
    out.append(contentsOf: kinds[Int(line.kind.rawValue)])
    out.append(contentsOf: labels[Int(line.family.rawValue)])
    if line.kind == .impression {
      let trace = ExposureTrace(
        seed: line.ad, inventory.placements[Int(line.placement)], limit: line.limit, isOutOfView: line.isOutOfView)
      out.append(contentsOf: outcomes[Int(trace.outcome.rawValue)])
    } else {
      out.append(UInt8(ascii: "-"))
    }
    if namesNetworks { writeNetwork(line, to: &out) }
    out.append(UInt8(ascii: "\n"))
  }

  private func writeNetwork(_ line: PlannedLine, to out: inout [UInt8]) {
    if line.network == 0 {
      out.append(contentsOf: ",-".utf8)
    } else {
      out.append(contentsOf: names[Int(line.family.rawValue)])
      out.append(decimal: Int(line.network))
    }
  }
}
