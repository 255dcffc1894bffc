import AssayModel

/// Where simulated lines come from: the `family` of the truth file. The raw values order the random sources and must
/// stay; new families come last.
///
/// What the truth says is what a line *is*, whether or not the log lets anybody see it.
enum Family: UInt8, CaseIterable, Sendable {
  // People.
  case home, office, carrier
  // People who look odd.
  case autoRefresh, schoolBus, morningOffice, screenReader
  // People's accidents, never asked for: they follow from clicks.
  case doubleClick
  // Robots that say so.
  case crawler, library, monitoring, headless, blankAgent
  // Robots that do not.
  case dataCentre, uniformDelay, traceReplay, duplicateReplay, fastClick, orphanClick, addressFlood
  // Faults of the trade.
  case invisiblePlacement, selfTest

  /// The id in the truth file and the key of its share in a scenario.
  var name: String {
    switch self {
    case .home: "home"
    case .office: "office"
    case .carrier: "carrier"
    case .autoRefresh: "auto-refresh"
    case .schoolBus: "school-bus"
    case .morningOffice: "morning-office"
    case .screenReader: "screen-reader"
    case .doubleClick: "double-click"
    case .crawler: "crawler"
    case .library: "library"
    case .monitoring: "monitoring"
    case .headless: "headless"
    case .blankAgent: "blank-agent"
    case .dataCentre: "data-centre"
    case .uniformDelay: "uniform-delay"
    case .traceReplay: "trace-replay"
    case .duplicateReplay: "duplicate-replay"
    case .fastClick: "fast-click"
    case .orphanClick: "orphan-click"
    case .addressFlood: "address-flood"
    case .invisiblePlacement: "invisible-placement"
    case .selfTest: "self-test"
    }
  }

  /// The tier that its lines belong to.
  var truth: TrafficClass {
    switch self {
    case .home, .office, .carrier, .autoRefresh, .schoolBus, .morningOffice, .screenReader: .valid
    case .traceReplay: .sivt
    case .selfTest: .excluded
    default: .givt
    }
  }

  /// The reason code of the tier (standards.md §2.6), `-` for what is valid.
  var category: String {
    switch self {
    case .home, .office, .carrier, .autoRefresh, .schoolBus, .morningOffice, .screenReader: "-"
    case .doubleClick: "G_RCRP_CLICK"
    case .crawler, .monitoring, .headless: "G_UA_ROBOT_LIST"
    case .library: "G_UA_NOT_BROWSER"
    case .blankAgent: "G_UA_BLANK"
    case .dataCentre: "G_DC_IP"
    case .uniformDelay: "G_PERIODIC"
    case .traceReplay: "S_COORDINATED"
    case .duplicateReplay: "G_DUP_EVENT"
    case .fastClick: "G_FAST_CLICK"
    case .orphanClick: "G_ORPHAN_CLICK"
    case .addressFlood: "G_RATE_CAP"
    case .invisiblePlacement: "G_PLACEMENT_SIZE"
    case .selfTest: "TEST_INTERNAL"
    }
  }

  /// Whether its share counts towards the scenario's `robots`: everything that is not valid and can be asked for.
  var isRobot: Bool { truth != .valid && hasOwnShare }

  /// Whether it shares what the others leave of the lines.
  var takesRemainder: Bool { self == .home || self == .office || self == .carrier }

  /// Whether it can be asked for by its share.
  var hasOwnShare: Bool { !takesRemainder && self != .doubleClick }

  /// When it is active.
  var curve: DayCurve {
    switch self {
    case .home, .carrier, .autoRefresh, .screenReader, .doubleClick: .evening
    case .fastClick, .duplicateReplay, .invisiblePlacement: .evening
    case .office, .selfTest: .working
    case .schoolBus: .schoolRun
    case .morningOffice: .nineOClock
    default: .flat
    }
  }
}
