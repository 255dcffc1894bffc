/// How busy a family is in each minute of the week: integer weights that only matter in proportion to each other.
enum DayCurve: Int, CaseIterable, Sendable {
  /// Machines: always the same.
  case flat
  /// People in their free time: low at night, highest at about 20 h.
  case evening
  /// People at work: weekdays, 7 to 19 h.
  case working
  /// Buses on schooldays: 7:20 to 8:00 and 15:00 to 15:40.
  case schoolRun
  /// The first minutes of the working day: 8:59 to 9:02.
  case nineOClock
  /// Machines that keep people's hours: 8 to 22 h, always the same within them.
  case daytime
  /// A shift of eight hours, 2 to 10 h.
  case shift
  /// Lessons: weekdays, 8 to 15 h.
  case lessons

  /// Hourly levels of `evening`, interpolated between the hours.
  private static let eveningLevels = [
    14, 9, 6, 5, 5, 8, 18, 34, 46, 52, 55, 57, 60, 59, 56, 56, 60, 67, 76, 85, 90, 82, 60, 32,
  ]

  /// The weight of a minute: 0 to 100.
  ///
  /// - Parameters:
  ///   - minute: minutes since local midnight, 0 to 1,439.
  ///   - weekday: 0 is Sunday.
  func weight(minute: Int, weekday: Int) -> Int {
    let isWeekday = weekday != 0 && weekday != 6
    switch self {
    case .flat: return 50
    case .evening:
      let (hour, rest) = (minute / 60, minute % 60)
      let (level, next) = (DayCurve.eveningLevels[hour], DayCurve.eveningLevels[(hour + 1) % 24])
      return (level * (60 - rest) + next * rest) / 60
    case .working: return isWeekday && (420..<1_140).contains(minute) ? 50 : 2
    case .schoolRun:
      return isWeekday && ((440..<480).contains(minute) || (900..<940).contains(minute)) ? 50 : 0
    case .nineOClock: return isWeekday && (539..<542).contains(minute) ? 50 : 0
    case .daytime: return (480..<1_320).contains(minute) ? 50 : 0
    case .shift: return (120..<600).contains(minute) ? 50 : 0
    case .lessons: return isWeekday && (480..<900).contains(minute) ? 50 : 0
    }
  }
}
