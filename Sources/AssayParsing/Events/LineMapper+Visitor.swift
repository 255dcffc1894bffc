internal import AssayModel

/// Who it was: flags of the request, address, user agent, visitor key.
extension LineMapper {
  /// Sets what method, referrer, headers and URL say.
  @inline(__always)
  mutating func setFlags(_ event: inout Event, _ bytes: Span<UInt8>) {
    var flags: EventFlags = []
    switch located.method {
    case .none, .get: break
    case .head: flags.insert(.head)
    case .post: flags.insert(.post)
    default: flags.insert(.otherMethod)
    }
    if let referrer = piece(.referrer) {
      flags.insert(referrer.isBlank(bytes) ? .noReferrer : .referrer)
    }
    if fields.isSubsecond { flags.insert(.subsecond) }
    if profile.addressesAreInexact { flags.insert(.inexactAddress) }
    if let purpose = piece(.purpose), declaresPrefetch(bytes, purpose) { flags.insert(.prefetch) }
    if event.kind == .video { flags.insert(.video) }
    event.flags = flags
    // Most lines carry nothing that the profile's marks ask for.
    let marks = profile.testBits | profile.videoBits | profile.viewabilityBits
    if profile.hasFreeMarks || located.given & marks != 0 { setMarks(&event, bytes) }
    if !located.isPlain, profile.macros.isActive { setMacro(&event, bytes) }
  }

  /// Sets and notes that a macro stands unexpanded in the URL. A request that no rule knows may be a beacon whose event
  /// was to be filled in (`?event=[EVENT]`), but also any page of the site, for which `?filter[A]=1` is a sound URL: it is
  /// noted where all of a value that the profile looks for is a macro, and no detector is told.
  @inline(never)
  private mutating func setMacro(_ event: inout Event, _ bytes: Span<UInt8>) {
    if event.kind == .page {
      if findMacroValue(bytes) { note(.unexpandedMacro, at: event.position) }
    } else if findMacro(bytes, located.path) || findMacro(bytes, located.query) {
      event.flags.insert(.unexpandedMacro)
      note(.unexpandedMacro, at: event.position)
    }
  }

  /// Whether one of the values that the profile looks for is a macro, as it is (`%%CACHE%%` decodes to something else) or
  /// decoded.
  private mutating func findMacroValue(_ bytes: Span<UInt8>) -> Bool {
    var given = located.given
    while given != 0 {
      let piece = located.value(given.trailingZeroBitCount)
      given &= given &- 1
      if profile.macros.isWhole(bytes, from: piece.lower, to: piece.upper) { return true }
      let isMacro = withText(piece, of: bytes, &scratch) { text, start, end in
        profile.macros.isWhole(text, from: start, to: end)
      }
      if isMacro { return true }
    }
    return false
  }

  /// Sets what the profile's conditions on tests, videos and viewability say.
  @inline(never)
  private mutating func setMarks(_ event: inout Event, _ bytes: Span<UInt8>) {
    // Where no condition asks for a value, `given` may be empty and its bits all the same be wanted.
    let given = profile.hasFreeMarks ? .max : located.given
    if given & profile.testBits != 0, firstHolding(profile.test, bytes) >= 0 { event.flags.insert(.test) }
    if event.kind == .page { return }
    if given & profile.videoBits != 0, firstHolding(profile.video, bytes) >= 0 { event.flags.insert(.video) }
    if given & profile.viewabilityBits == 0 { return }
    let declaration = firstHolding(profile.viewability, bytes)
    if declaration < 0 { return }
    switch profile.says[declaration - profile.viewability.lowerBound] {
    case .viewable: event.flags.insert(.declaredViewable)
    case .notViewable: event.flags.insert(.declaredNotViewable)
    case .undetermined: event.flags.insert(.declaredUndetermined)
    }
  }

  /// The first of the profile's conditions with some ordinals that holds, or -1.
  @inline(__always)
  private mutating func firstHolding(_ conditions: Range<Int>, _ bytes: Span<UInt8>) -> Int {
    profile.conditions.first(of: conditions, for: &located, bytes, &scratch)
  }

  /// Whether a purpose header speaks of prefetching: `prefetch`, `preview` or `prerender`, in any case (Sec-Purpose
  /// of the Fetch standard; Purpose, X-Purpose and X-Moz before it).
  private func declaresPrefetch(_ bytes: Span<UInt8>, _ purpose: Piece) -> Bool {
    // All three begin with “pre”, and go on with “f”, “v” or “r”.
    guard purpose.count >= 7 else { return false }
    for index in purpose.lower...purpose.upper - 7 where bytes[index] | 0x20 == UInt8(ascii: "p") {
      for word in LineMapper.prefetchWords where index + word.count <= purpose.upper {
        if word.indices.allSatisfy({ bytes[index + $0] | 0x20 == word[$0] }) { return true }
      }
    }
    return false
  }

  private static let prefetchWords = ["prefetch", "preview", "prerender"].map { Array($0.utf8) }

  /// Whether a macro stands unexpanded in a piece of the URL, as it is or percent-encoded.
  @inline(never)
  private mutating func findMacro(_ bytes: Span<UInt8>, _ piece: Piece) -> Bool {
    if profile.macros.occurs(in: bytes, from: piece.lower, to: piece.upper) { return true }
    var place = piece.lower
    while true {
      place = firstIndex(of: UInt8(ascii: "%"), in: bytes, from: place, to: piece.upper)
      if place < 0 { return false }
      if opensMacro(bytes, at: place, piece.upper) { break }
      place += 1
    }
    return withText(piece.encoded(.percent), of: bytes, &scratch) { text, start, end in
      profile.macros.occurs(in: text, from: start, to: end)
    }
  }

  /// Whether `%5B`, `%7B`, `%24` or `%25` stands there: an encoded `[`, `{`, `$` or `%`.
  private func opensMacro(_ bytes: Span<UInt8>, at place: Int, _ end: Int) -> Bool {
    guard place + 2 < end else { return false }
    let (high, low) = (bytes[place + 1], bytes[place + 2] | 0x20)
    return (high == UInt8(ascii: "5") || high == UInt8(ascii: "7")) && low == UInt8(ascii: "b")
      || high == UInt8(ascii: "2") && (low == UInt8(ascii: "4") || low == UInt8(ascii: "5"))
  }

  /// Sets the client's address, behind trusted proxies that of `X-Forwarded-For`.
  @inline(__always)
  mutating func setAddress(_ event: inout Event, _ bytes: Span<UInt8>) {
    var address = fields.client
    if address.isNone, let field = piece(.address), !field.isBlank(bytes) {
      if let parsed = ClientAddress.parse(bytes, from: field.lower, to: field.upper) {
        address = parsed
      } else {
        note(.badAddress, at: event.position)
      }
    }
    if address.isNone || !profile.trustedHops.isEmpty, let list = piece(.forwardedFor),
      !list.isBlank(bytes)
    {
      address = ClientAddress.forwarded(
        bytes, from: list.lower, to: list.upper, peer: address, trusted: profile.trustedHops)
    }
    event.address = address
    if !profile.internalNetworks.isEmpty, !address.isNone,
      ClientAddress.isInside(address, profile.internalNetworks)
    {
      event.flags.insert(.test)
    }
  }

  /// Sets the user agent's ordinal.
  @inline(__always)
  mutating func setAgent(_ event: inout Event, _ bytes: Span<UInt8>) {
    guard let agent = piece(.userAgent) else {
      event.agent = AgentID.notLogged
      return
    }
    if agent.isBlank(bytes) {
      event.agent = AgentID.blank
      return
    }
    let known = batch.tables.agents.intern(bytes, from: agent.lower, to: agent.upper)
    if known.isNew { batch.tables.agentHashes.append(stableHash(bytes, from: agent.lower, to: agent.upper)) }
    event.agent = known.ordinal &+ AgentID.first
  }

  /// The hash of the bytes of an event's user agent, which the log has.
  @inline(__always)
  private func agentHash(_ event: Event) -> UInt64 {
    event.agent == AgentID.blank
      ? LineMapper.blankAgentHash : batch.tables.agentHashes[Int(event.agent &- AgentID.first)]
  }

  private static let blankAgentHash = StableHash.of(bytes: Span())

  /// Sets the visitor key, by the best that the event carries.
  @inline(__always)
  mutating func setVisitor(_ event: inout Event, _ bytes: Span<UInt8>, _ omits: UInt32) {
    let id = idHash(.visitor, bytes, omits)
    if id != 0 {
      event.visitor = VisitorKey.firstParty(idHash: id)
      event.key = .firstParty
    } else if event.address.isNone {
      event.visitor = VisitorKey.none(impression: event.impression, time: event.time)
      event.key = .none
    } else if event.agent == AgentID.notLogged {
      event.visitor = VisitorKey.address(event.address)
      event.key = .addressOnly
    } else {
      event.visitor = VisitorKey.addressAndAgent(event.address, agentHash: agentHash(event))
      event.key = .addressAndAgent
    }
  }
}
