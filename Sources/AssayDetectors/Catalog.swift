public import AssayModel

/// All detectors, in the order in which they are listed and in which the primary category of an event is chosen: as in
/// standards.md §2.6, what is excluded first, then general, then sophisticated invalid traffic.
///
/// A detector is one file in `Detectors/` and one line here.
public enum DetectorCatalog {
  /// The detectors by their ordinal.
  public static let all: [any Detector.Type] = [
    TestTraffic.self,
    DeclaredRobot.self,
    NonBrowserAgent.self,
    BlankAgent.self,
    DataCentre.self,
    PrivateAddress.self,
    TorExit.self,
    Prefetch.self,
    PlacementSize.self,
    DuplicateEvent.self,
    RepeatClick.self,
    FastClick.self,
    StaleClick.self,
    OrphanClick.self,
    RegularCadence.self,
    AddressRate.self,
    FutureAgent.self,
    HandOff.self,
    MassDeath.self,
    CrawlShape.self,
    SessionShape.self,
    EvenDwell.self,
    PooledSessions.self,
    AgentMix.self,
    AddressSize.self,
    HourMix.self,
    ClickRate.self,
    CoVisitation.self,
    Lockstep.self,
    SequenceReplay.self,
    ClickingVisitors.self,
    ShadowClick.self,
    UnmeasuredAd.self,
    OutOfView.self,
    ManySites.self,
    FlatBlock.self,
    UnreducedAgent.self,
    GeneratedPages.self,
    SystemMix.self,
    ClickToConversion.self,
    FormPace.self,
    FormRepeat.self,
    SiteSequence.self,
    UnexpandedMacro.self,
    InvalidImpression.self,
  ]

  /// Their cards, by ordinal.
  public static let cards: [DetectorCard] = all.map { $0.card }

  /// The ordinal of a detector.
  ///
  /// - Throws: `settings` for an id that no detector has.
  public static func ordinal(of id: String) throws(AssayError) -> Int {
    if let ordinal = cards.firstIndex(where: { $0.id == id }) { return ordinal }
    throw AssayError(
      .settings, "There is no detector “\(id)”; there are \(cards.map(\.id).joined(separator: ", ")).")
  }
}
