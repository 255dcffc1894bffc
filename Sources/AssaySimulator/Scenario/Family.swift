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
  // Networks of robots and of people who serve them.
  case chameleon, methbot, hyphbot, tdl4, clickBotA, clickFlood, clickInjection, clickFarm, payPerView, referrerRing
  // Single robots that take pains to look like people, or fill forms.
  case moderateBot, advancedBot, formBot
  // More people who look odd.
  case school, privateMode, vpn
  // What browsers and their guards ask for on their own.
  case prefetch, antivirus

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
    case .chameleon: "chameleon"
    case .methbot: "methbot"
    case .hyphbot: "hyphbot"
    case .tdl4: "tdl4"
    case .clickBotA: "click-bot-a"
    case .clickFlood: "click-flood"
    case .clickInjection: "click-injection"
    case .clickFarm: "click-farm"
    case .payPerView: "ppv"
    case .referrerRing: "referrer-ring"
    case .moderateBot: "moderate-bot"
    case .advancedBot: "advanced-bot"
    case .formBot: "form-bot"
    case .school: "school"
    case .privateMode: "private-mode"
    case .vpn: "vpn"
    case .prefetch: "prefetch"
    case .antivirus: "antivirus"
    }
  }

  /// The tier that its lines belong to.
  var truth: TrafficClass {
    switch self {
    case .home, .office, .carrier, .autoRefresh, .schoolBus, .morningOffice, .screenReader: .valid
    case .school, .privateMode, .vpn: .valid
    case .traceReplay, .moderateBot, .advancedBot, .formBot: .sivt
    case _ where isNetwork: .sivt
    case .selfTest: .excluded
    default: .givt
    }
  }

  /// The reason code of the tier (standards.md §2.6), `-` for what is valid.
  var category: String {
    switch self {
    case .home, .office, .carrier, .autoRefresh, .schoolBus, .morningOffice, .screenReader: "-"
    case .school, .privateMode, .vpn: "-"
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
    case .chameleon: "S_COORDINATED"
    case .methbot, .hyphbot: "S_DOMAIN_SPOOF"
    case .tdl4, .clickBotA, .clickFlood, .clickInjection, .referrerRing: "S_CLICK_SPAM"
    case .clickFarm: "S_INCENTIVISED"
    case .payPerView: "S_STACKED_HIDDEN"
    case .moderateBot, .advancedBot: "S_HEADLESS_AUTOMATION"
    case .formBot: "S_FALSIFIED_EVENT"
    case .prefetch: "G_PREFETCH"
    // The same event from somewhere else, seconds later: MRC's repeated activity, whoever had a good reason for it.
    case .antivirus: "G_DUP_EVENT"
    }
  }

  /// Whether its share counts towards the scenario's `robots`: everything that is not valid and can be asked for.
  var isRobot: Bool { truth != .valid && hasOwnShare }

  /// Whether it shares what the others leave of the lines.
  var takesRemainder: Bool { self == .home || self == .office || self == .carrier }

  /// Whether it can be asked for by its share.
  var hasOwnShare: Bool { !takesRemainder && self != .doubleClick }

  /// Whether its lines belong to a network, which the truth then names.
  var isNetwork: Bool { Family.networks.contains(self) }

  /// The families that are networks.
  static let networks: [Family] = [
    .chameleon, .methbot, .hyphbot, .tdl4, .clickBotA, .clickFlood, .clickInjection, .clickFarm, .payPerView,
    .referrerRing,
  ]

  /// Whether it has hosts that are always on: it is planned once a minute, all hosts together.
  var isContinuous: Bool { self == .chameleon }

  /// When it is active.
  var curve: DayCurve {
    switch self {
    case .home, .carrier, .autoRefresh, .screenReader, .doubleClick: .evening
    case .fastClick, .duplicateReplay, .invisiblePlacement: .evening
    case .office, .selfTest: .working
    case .schoolBus: .schoolRun
    case .morningOffice: .nineOClock
    case .privateMode, .vpn, .prefetch, .antivirus, .tdl4, .payPerView, .clickInjection: .evening
    case .methbot: .daytime
    case .clickFarm: .shift
    case .school: .lessons
    default: .flat
    }
  }
}
