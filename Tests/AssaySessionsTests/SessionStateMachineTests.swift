import AssayModel
import AssaySessions
import Testing

struct SessionStateMachineTests {
  /// Feeds times in seconds to a machine with the standard settings.
  private func actions(_ seconds: Int64...) -> [SessionStateMachine.Action] {
    var machine = SessionStateMachine()
    return seconds.map { machine.receive(Timestamp(seconds: $0)) }
  }

  @Test func theFirstEventOpensASession() {
    #expect(actions(0) == [.opened])
  }

  @Test func aGapOfJustUnderHalfAnHourExtendsTheSession() {
    #expect(actions(0, 1_799) == [.opened, .extended])
  }

  @Test func aGapOfExactlyHalfAnHourEndsTheSession() {
    #expect(actions(0, 1_800) == [.opened, .closed(.inactivity)])
  }

  @Test func aMicrosecondLessThanHalfAnHourExtendsTheSession() {
    var machine = SessionStateMachine()
    _ = machine.receive(Timestamp(microseconds: 0))
    #expect(machine.receive(Timestamp(microseconds: 1_799_999_999)) == .extended)
  }

  @Test func anEventTwelveHoursAfterTheFirstBeginsANewSession() {
    var machine = SessionStateMachine()
    var last: SessionStateMachine.Action?
    for minute in stride(from: 0, through: 12 * 60, by: 20) {
      last = machine.receive(Timestamp(seconds: Int64(minute) * 60))
      if minute < 12 * 60 { #expect(last == (minute == 0 ? .opened : .extended)) }
    }
    #expect(last == .closed(.length))
    #expect(machine.start == Timestamp(seconds: 12 * 3_600))
  }

  @Test func inactivityIsTheReasonWhereBothLimitsAreReached() {
    #expect(actions(0, 50_000) == [.opened, .closed(.inactivity)])
  }

  @Test func anEventFromThePastBelongsToTheOpenSessionAndMovesNeitherEnd() {
    var machine = SessionStateMachine()
    _ = machine.receive(Timestamp(seconds: 10_000))
    _ = machine.receive(Timestamp(seconds: 10_100))
    #expect(machine.receive(Timestamp(seconds: 1)) == .extended)
    #expect(machine.start == Timestamp(seconds: 10_000))
    #expect(machine.end == Timestamp(seconds: 10_100))
  }

  @Test func theFarthestTimesNeitherTrapNorJoin() {
    var machine = SessionStateMachine()
    _ = machine.receive(Timestamp(microseconds: .min))
    #expect(machine.receive(Timestamp(microseconds: .max)) == .closed(.inactivity))
    #expect(machine.receive(Timestamp(microseconds: .min)) == .extended)
  }

  @Test func afterAResetTheNextEventOpens() {
    var machine = SessionStateMachine()
    _ = machine.receive(Timestamp(seconds: 0))
    machine.reset()
    #expect(!machine.isOpen)
    #expect(machine.receive(Timestamp(seconds: 1)) == .opened)
  }

  @Test(arguments: [(1_800, 43_200, true), (1, 1, true), (0, 43_200, false), (86_401, 604_800, false)])
  func settingsAreCheckedByRange(inactivity: Int64, longest: Int64, isValid: Bool) {
    let settings = SessionSettings(inactivitySeconds: inactivity, longestSeconds: longest)
    if isValid {
      #expect(throws: Never.self) { try settings.validate() }
    } else {
      #expect(throws: AssayError(.settings, "")) { try settings.validate() }
    }
  }

  @Test func aLongestSessionShorterThanTheAllowedInactivityIsRefused() {
    let error = #expect(throws: AssayError.self) {
      try SessionSettings(inactivitySeconds: 600, longestSeconds: 599).validate()
    }
    #expect(error?.message.contains("sessions.longest-seconds is 599") == true)
  }
}
