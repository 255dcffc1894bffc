public import AssayModel

/// What is prepared once for a run and read by every detector.
public struct DetectorContext: Sendable {
  /// The user agents of the run, by `Event.agent`; `AgentID.notLogged` and `.blank` are empty texts.
  public var agents: [String]
  /// The ad slots of the run.
  public var slots: SlotTable

  /// A context.
  public init(agents: [String] = ["", ""], slots: SlotTable = SlotTable()) {
    self.agents = agents
    self.slots = slots
  }
}
