internal import AssayModel

/// What the ad log says beyond a web log: slot, amounts, coordinates, samples.
extension LineMapper {
  /// A fact's piece; `.none` where there is none or the rule omits it.
  @inline(__always)
  private func find(_ fact: Fact, _ bytes: Span<UInt8>, _ omits: UInt32) -> Piece {
    omits & fact.bit != 0 ? .none : profile.find(fact, in: located, bytes)
  }

  /// The key of the ad slot that the line names; nil where it names none.
  @inline(__always)
  func slotKey(_ bytes: Span<UInt8>, _ omits: UInt32) -> SlotInterner.Key? {
    let given = located.given & profile.slotBits
    if given == 0 { return nil }
    let hash = slotHash(located.values, given, omits & LineMapper.slotFacts, bytes, secret: batch.tables.slots.secret)
    return batch.tables.slots.key(hash)
  }

  /// Sets the ad slot.
  ///
  /// - Returns: whether its size is known.
  @inline(__always)
  mutating func setSlot(
    _ event: inout Event, _ key: SlotInterner.Key?, _ bytes: Span<UInt8>, _ omits: UInt32
  ) -> Bool {
    guard let key else { return false }
    let found = batch.tables.slots[key] ?? addSlot(key, bytes, omits)
    event.slot = found.slot
    if found.isCut { note(.nameTooLong, at: event.position) }
    if found.hasBadSize { note(.badSize, at: event.position) }
    return found.hasSize
  }

  @inline(never)
  private mutating func addSlot(
    _ key: SlotInterner.Key, _ bytes: Span<UInt8>, _ omits: UInt32
  ) -> SlotInterner.Found {
    var said = SlotPieces()
    said.campaign = find(.campaign, bytes, omits)
    said.placement = find(.placement, bytes, omits)
    said.creative = find(.creative, bytes, omits)
    said.publisher = find(.publisher, bytes, omits)
    said.seller = find(.seller, bytes, omits)
    said.size = find(.size, bytes, omits)
    said.width = find(.width, bytes, omits)
    said.height = find(.height, bytes, omits)
    return batch.tables.slots.add(key, said, of: bytes, &scratch)
  }

  /// The facts of which a slot is made, as bits of `CompiledRule.omits`.
  private static var slotFacts: UInt32 {
    Fact.campaign.bit | Fact.placement.bit | Fact.creative.bit | Fact.publisher.bit | Fact.seller.bit
      | Fact.size.bit | Fact.width.bit | Fact.height.bit
  }

  /// Sets price or value, and what depends on the kind.
  @inline(__always)
  mutating func setValueAndDetail(_ event: inout Event, _ bytes: Span<UInt8>, percent: Int, _ omits: UInt32) {
    switch event.kind {
    case .page, .form: break
    case .adRequest: setDocument(&event, bytes)
    case .impression:
      setMoney(&event, .price, (.badPrice, .priceTooLarge), bytes, omits)
      setDocument(&event, bytes)
    case .click:
      setMoney(&event, .price, (.badPrice, .priceTooLarge), bytes, omits)
      setCoordinates(&event, bytes, omits)
    case .conversion:
      setMoney(&event, .value, (.badValue, .valueTooLarge), bytes, omits)
      event.detail = idHash(.order, bytes, omits)
    case .video: setPercent(&event, percent, bytes, omits)
    case .exposure: setSamples(&event, bytes, omits)
    }
  }

  @inline(__always)
  private mutating func setMoney(
    _ event: inout Event, _ fact: Fact, _ issues: (bad: MapIssue, tooLarge: MapIssue), _ bytes: Span<UInt8>,
    _ omits: UInt32
  ) {
    let piece = find(fact, bytes, omits)
    if piece.count == 0 { return }
    let power = profile.pricePower
    let amount = withText(piece, of: bytes, &scratch) { text, start, end in
      money(text, from: start, to: end, power: power)
    }
    if let amount, amount <= .mostOfOneEvent {
      event.value = amount
    } else {
      note(amount == nil ? issues.bad : issues.tooLarge, at: event.position)
    }
  }

  private mutating func setCoordinates(_ event: inout Event, _ bytes: Span<UInt8>, _ omits: UInt32) {
    let (left, top) = (find(.clickX, bytes, omits), find(.clickY, bytes, omits))
    if left.count == 0 || top.count == 0 { return }
    let x = withText(left, of: bytes, &scratch) { text, start, end in coordinate(text, from: start, to: end) }
    let y = withText(top, of: bytes, &scratch) { text, start, end in coordinate(text, from: start, to: end) }
    guard let x, let y else {
      note(.badCoordinates, at: event.position)
      return
    }
    event.detail = UInt64(x) << 32 | UInt64(y)
    event.flags.insert(.coordinates)
  }

  /// Sets the page that the ad stood on.
  @inline(__always)
  private func setDocument(_ event: inout Event, _ bytes: Span<UInt8>) {
    guard event.flags.contains(.referrer), let referrer = piece(.referrer) else { return }
    event.document = Request.document(bytes, referrer)
  }

  private mutating func setPercent(_ event: inout Event, _ percent: Int, _ bytes: Span<UInt8>, _ omits: UInt32) {
    if percent >= 0 {
      event.detail = UInt64(percent)
      return
    }
    let piece = find(.videoPercent, bytes, omits)
    if piece.count == 0 { return }
    let parsed = withText(piece, of: bytes, &scratch) { text, start, end in coordinate(text, from: start, to: end) }
    if let parsed, parsed <= 100 { event.detail = UInt64(parsed) } else { note(.badPercent, at: event.position) }
  }

  private mutating func setSamples(_ event: inout Event, _ bytes: Span<UInt8>, _ omits: UInt32) {
    let piece = find(.exposureSamples, bytes, omits)
    if piece.count == 0 { return }
    samples.removeAll(keepingCapacity: true)
    let isWhole = withText(piece, of: bytes, &scratch) { text, start, end in
      ExposureList.parse(text, from: start, to: end, into: &samples)
    }
    if !isWhole { note(.badSamples, at: event.position) }
    if !samples.isEmpty, samples.allSatisfy({ $0.share == 0 && !$0.state.contains(.unmeasurable) }) {
      event.flags.insert(.outOfView)
    }
    event.detail = batch.buckets.append(samples, of: event.visitor)
  }
}
