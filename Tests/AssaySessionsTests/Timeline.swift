import AssayModel

/// The events of one visitor as a picture: one character a step of time, a letter where something happens, `-` where
/// nothing does, `|` where the picture ends.
struct Timeline {
  var events: [Event] = []

  init(_ picture: String, stepSeconds: Int64) {
    for (step, character) in picture.enumerated() where character != "-" && character != "|" {
      var event = Event()
      event.visitor = 7
      event.key = .firstParty
      event.time = Timestamp(seconds: 1_760_000_000 + Int64(step) * stepSeconds)
      event.position = SourcePosition(source: 0, offset: step * 100)
      events.append(event)
    }
  }

  /// The picture again with each event replaced by the ordinal of its session, from `1`.
  static func sessions(_ picture: String, _ sessions: [Session]) -> String {
    var ordinal = 0
    return String(
      picture.map { character in
        if character == "-" || character == "|" { return character }
        defer { ordinal += 1 }
        let session = sessions.firstIndex { $0.events.contains(ordinal) }
        return session.map { Character(String($0 + 1)) } ?? "?"
      })
  }
}
