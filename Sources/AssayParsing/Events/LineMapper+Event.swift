internal import AssayModel

extension LineMapper {
  /// Makes the event of one record, whose fields and bytes are at hand.
  ///
  /// - Complexity: O(length of the line).
  @inline(__always)
  mutating func makeEvent(
    _ bytes: Span<UInt8>, _ position: SourcePosition, ordinal: Int, _ profile: CompiledProfile
  ) {
    guard fields.hasTime else {
      batch.counts.unreadable += 1
      note(.noTime, at: position, losesLine: true)
      return
    }
    locate(bytes, profile)
    let rule = profile.conditions.first(before: profile.rules.count, for: &located, bytes, &scratch)
    var event = Event()
    var (percent, omits) = (-1, UInt32(0))
    if rule >= 0 {
      guard let kind = profile.rules[rule].kind else {
        batch.counts.ignored += 1
        return
      }
      event.kind = kind
      percent = profile.rules[rule].percent
      omits = profile.rules[rule].omits
    }
    event.time = Timestamp(microseconds: fields.microseconds)
    event.position = position
    event.lineInChunk = UInt32(truncatingIfNeeded: ordinal)
    event.status = located.status
    guard count(event) else { return }
    // A page has a slot only where pages are judged, and no size.
    let slotOmits = event.kind == .page ? omits | LineMapper.sizes : omits
    let slot = event.kind != .page || profile.judgesPages ? slotKey(bytes, slotOmits) : nil
    setFlags(&event, bytes)
    setAddress(&event, bytes)
    setAgent(&event, bytes)
    event.page = located.pathFacts.page
    if let referrer = piece(.referrer) { event.document = Request.document(bytes, referrer) }
    if event.kind != .page { event.impression = idHash(.impression, bytes, omits) }
    let hasSize = setSlot(&event, slot, bytes, slotOmits)
    setVisitor(&event, bytes, omits)
    if event.kind != .page { setValueAndDetail(&event, bytes, percent: percent, omits) }
    if event.kind.isJudged || event.kind == .page && profile.judgesPages {
      batch.carried.add(event, hasSize: hasSize, hasPurpose: fields.has(.purpose))
    }
    batch.buckets.append(event)
  }

  /// The facts that give a size, as bits of `CompiledRule.omits`.
  private static var sizes: UInt32 { Fact.size.bit | Fact.width.bit | Fact.height.bit }

  /// A field of the line, or nil.
  @inline(__always)
  func piece(_ field: Field) -> Piece? {
    guard let range = fields.range(field) else { return nil }
    return piece(range)
  }

  @inline(__always)
  private func piece(_ range: FieldRange) -> Piece {
    let start = Int(range.start) &+ (range.inScratch ? scratchStart : 0)
    return Piece(start, start &+ Int(range.count))
  }

  /// Finds everything that facts are taken from.
  @inline(__always)
  private mutating func locate(_ bytes: Span<UInt8>, _ profile: CompiledProfile) {
    located.locate(
      bytes, method: piece(.method) ?? .none, status: piece(.status) ?? .none, host: piece(.host) ?? .none,
      target: piece(.target), path: piece(.path) ?? .none, query: piece(.query) ?? .none, profile.conditions)
    let wanted = profile.wanted
    if located.query.count > 0 {
      located.scanQuery(bytes, wanted.parameters, &scratch)
      for index in wanted.packed.indices {
        guard let whole = located[wanted.packed[index].ordinal] else { continue }
        located.scanPacked(bytes, whole, wanted.packed[index].names)
      }
    }
    if !wanted.cookies.isEmpty, let cookie = piece(.cookie) {
      located.scanCookies(bytes, from: cookie.lower, to: cookie.upper, wanted.cookies)
    }
    for column in wanted.columns.indices {
      if let range = fields.range(column: column) { located.keep(wanted.columns[column].ordinal, piece(range)) }
    }
    for index in wanted.segments.indices {
      guard let segment = located.segment(wanted.segments[index].number, bytes) else { continue }
      located.keep(wanted.segments[index].ordinal, segment)
    }
    if wanted.host >= 0, located.host.count > 0 { located.keep(wanted.host, located.host) }
    if wanted.referrerHost >= 0, let referrer = piece(.referrer),
      let host = Request.authority(bytes, from: referrer.lower, to: referrer.upper)
    {
      located.keep(wanted.referrerHost, Request.host(bytes, from: host.lowerBound, to: host.upperBound))
    }
  }

  /// The hash of an id, from the first of its places that carries one, or 0.
  @inline(__always)
  mutating func idHash(_ fact: Fact, _ bytes: Span<UInt8>, _ omits: UInt32) -> UInt64 {
    omits & fact.bit != 0 ? 0 : profile.idHash(fact, in: located, bytes, &scratch)
  }

  /// Counts an event, and says whether it lies inside the period.
  @inline(__always)
  private mutating func count(_ event: Event) -> Bool {
    let time = event.time.microseconds
    tally.add(event.kind, at: time)
    if time >= since && time < until { return true }
    tally.outsidePeriod &+= 1
    return false
  }
}
