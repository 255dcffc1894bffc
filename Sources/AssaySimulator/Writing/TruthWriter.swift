import AssayModel

/// Writes what every line is: `source,offset,line,kind,family,truth,category,viewable`.
struct TruthWriter: Sendable {
  /// The first line of the file.
  static let header = Array("source,offset,line,kind,family,truth,category,viewable\n".utf8)

  private let inventory: Inventory
  private let sources: [[UInt8]]
  private let kinds = EventKind.allCases.map { Array(",\($0.name),".utf8) }
  private let labels = Family.allCases.map { Array("\($0.name),\($0.truth.name),\($0.category),".utf8) }
  private let outcomes = Viewability.allCases.map { Array("\($0.name)\n".utf8) }
  private let none = Array("-\n".utf8)

  /// A writer for the world that a planner plans in.
  init(_ planner: VisitPlanner) {
    inventory = planner.inventory
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
    guard line.kind == .impression else {
      out.append(contentsOf: none)
      return
    }
    let trace = ExposureTrace(
      seed: line.ad, inventory.placements[Int(line.placement)], limit: Int(line.detail))
    out.append(contentsOf: outcomes[Int(trace.outcome.rawValue)])
  }
}
