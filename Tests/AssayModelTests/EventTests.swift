import AssayModel
import Testing

struct EventTests {
  @Test func anEventIs88BytesAndASample8() {
    #expect(MemoryLayout<Event>.stride == 88)
    #expect(MemoryLayout<ExposureSample>.stride == 8)
  }

  @Test func aPositionHoldsSourceAndOffset() {
    let position = SourcePosition(source: SourcePosition.maximumSources - 1, offset: 1 << 44 - 1)
    #expect(position.source == SourcePosition.maximumSources - 1)
    #expect(position.offset == 1 << 44 - 1)
    #expect(SourcePosition(source: 0, offset: 1 << 43) < SourcePosition(source: 1, offset: 0))
  }

  @Test func theTotalOrderIsVisitorTimeSourceOffset() {
    func event(_ visitor: UInt64, _ time: Int64, _ source: Int, _ offset: Int) -> Event {
      var event = Event()
      (event.visitor, event.time) = (visitor, Timestamp(seconds: time))
      event.position = SourcePosition(source: source, offset: offset)
      return event
    }
    let ordered = [
      event(1, 9, 9, 9), event(2, -1, 9, 9), event(2, 0, 0, 9), event(2, 0, 1, 0), event(2, 0, 1, 1),
    ]
    for index in ordered.indices {
      for other in ordered.indices {
        #expect(Event.precedes(ordered[index], ordered[other]) == (index < other))
      }
    }
  }

  @Test func outcomesOfEightStandardsDoNotTouchEachOther() {
    var outcomes = ViewabilityOutcomes()
    for standard in 0..<8 { outcomes[standard] = Viewability.allCases[standard % 3] }
    for standard in 0..<8 { #expect(outcomes[standard] == Viewability.allCases[standard % 3]) }
    outcomes[3] = .viewable
    #expect(outcomes[2] == .viewable && outcomes[4] == .notViewable && outcomes[3] == .viewable)
    #expect(ViewabilityOutcomes(rawValue: 3)[0] == .undetermined)
  }

  @Test func theSamplesOfAnExposureAreARange() {
    var event = Event()
    event.detail = 7 << 32 | 3
    #expect(event.sampleRange == 7..<10)
    event.detail = .max
    #expect(event.sampleRange.count == 0xffff_ffff)
  }

  @Test func aSlotWithoutASizeIsNotASlotOfSizeZero() {
    var slot = AdSlot()
    #expect(!slot.hasSize)
    (slot.width, slot.height) = (0, 0)
    #expect(slot.hasSize)
  }

  @Test func aSlotsNamesAreFoundByDimension() {
    var table = SlotTable()
    var slot = AdSlot()
    for dimension in Dimension.allCases {
      table.names[dimension.rawValue].append(dimension.name)
      slot.names[dimension] = 1
    }
    table.slots.append(slot)
    for dimension in Dimension.allCases {
      #expect(table.name(dimension, of: 0) == "")
      #expect(table.name(dimension, of: 1) == dimension.name)
    }
  }

  @Test func aSetOfDetectorsListsItsOrdinals() {
    #expect(DetectorSet().ordinals.isEmpty)
    #expect(DetectorSet([DetectorSet(ordinal: 63), DetectorSet(ordinal: 0)]).ordinals == [0, 63])
  }

  @Test func errorsSayWhereAndWhy() {
    let error = AssayError(
      .unreadable, "The header is wrong.", at: AssayError.Location(source: "a.csv", line: 3, column: 7), cause: "EIO")
    #expect(error.description == "a.csv:3:7: The header is wrong. (EIO)")
    #expect(error == AssayError(.unreadable, "another text"))
    #expect(error != AssayError(.settings, "The header is wrong."))
    let atByte = AssayError(.failed, "Cut off.", at: AssayError.Location(source: "-", offset: 9))
    #expect(atByte.description == "- at byte 9: Cut off.")
    #expect(AssayError.Code.settings.exitCode == 78)
  }
}
