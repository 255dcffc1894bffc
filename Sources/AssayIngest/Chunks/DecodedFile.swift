internal import AssayModel

/// A source without its compression: one stream of bytes, however many members it has and wherever it breaks off.
/// What is wrong with the compressed data becomes an issue, and what came before it counts.
struct DecodedFile: ~Copyable {
  let compression: Compression
  private(set) var raw: RawFile
  private(set) var issues = IssueLog()
  /// Bytes given out so far.
  private(set) var count = 0
  /// Whether it ended before its end: what follows the last newline is then no line, but a part of one.
  private(set) var isCutOff = false

  private let source: Int
  private let limits: ReadLimits
  private var decoder: (any Decoder & ~Copyable)?
  private var input: InputBuffer
  private var phase = Phase.betweenMembers
  /// Complete ones.
  private var members = 0
  /// Raw offset of the member that is being read.
  private var memberStart = 0
  /// How many bytes were given out before it.
  private var countBeforeMember = 0

  private enum Phase { case betweenMembers, inMember, ended }

  init(
    _ file: InputFile, source: Int, limits: ReadLimits, hashing: Bool, gzip engine: GzipEngine,
    isStopped: @escaping @Sendable () -> Bool
  ) throws(AssayError) {
    var raw = try RawFile(file, hashing: hashing, isStopped: isStopped)
    // No more than needed to tell: the rest of a plain file is read straight to where it goes.
    var input = InputBuffer()
    try input.require(Compression.bytesToTell, of: &raw)
    let detected = Compression.detect(input.bytes.span.extracting(first: input.end))
    if detected != .plain { input.grow(for: raw.size) }
    compression = detected
    decoder = detected.makeDecoder(gzip: engine)
    self.source = source
    self.limits = limits
    self.raw = raw
    self.input = input
  }

  /// Decodes on into `output[start...]`, which must not be empty: how many bytes came, 0 only at the end.
  mutating func read(into output: inout MutableSpan<UInt8>, from start: Int) throws(AssayError) -> Int {
    var produced = 0
    while produced == 0 && phase != .ended {
      if compression == .plain {
        produced = try readPlain(into: &output, from: start)
      } else if phase == .betweenMembers {
        try beginMember()
      } else {
        produced = try decode(into: &output, from: start)
      }
    }
    return produced == 0 ? 0 : produced - cutAtLimits()
  }

  private mutating func readPlain(into output: inout MutableSpan<UInt8>, from start: Int) throws(AssayError) -> Int {
    let ahead = min(input.available, output.count - start)
    if ahead > 0 {
      for index in 0..<ahead { output[start + index] = input.bytes[input.start + index] }
      input.consume(ahead)
      count += ahead
      return ahead
    }
    let read = try raw.read(into: &output, from: start)
    count += read
    if read == 0 { phase = .ended }
    return read
  }

  private mutating func decode(into output: inout MutableSpan<UInt8>, from start: Int) throws(AssayError) -> Int {
    try input.require(1, of: &raw)
    let step = DecodedFile.decode(with: &decoder, input.bytes, input.start..<input.end, into: &output, from: start)
    input.consume(step.consumed)
    count += step.produced
    switch step.outcome {
    case .unfinished:
      if step.produced == 0 && step.consumed == 0 {
        isCutOff = true
        if input.available == 0 {
          report(
            "truncated",
            "The file ends at byte \(raw.count), in the middle of the \(compression.rawValue) data "
              + "that begins at byte \(memberStart). What could be decoded was read; get the whole file, or wait until it "
              + "is complete.")
        } else {
          report("corrupt", corruption("the decoder is stuck"))
        }
        phase = .ended
      }
    case .memberEnded:
      endMember()
    case .wrongChecksum:
      reportWrongChecksum()
      endMember()
    case .corrupt(let reason):
      report("corrupt", corruption(reason))
      isCutOff = true
      phase = .ended
    }
    return step.produced
  }

  /// One step of a decoder, apart so that decoder and input are borrowed one by one.
  private static func decode(
    with decoder: inout (any Decoder & ~Copyable)?, _ input: [UInt8], _ part: Range<Int>,
    into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    decoder?.decode(
      input.span.extracting(first: part.upperBound), from: part.lowerBound, into: &output, from: outputStart)
      ?? DecodingStep(consumed: 0, produced: 0, outcome: .corrupt("there is no decoder for it"))
  }

  private func corruption(_ reason: String) -> String {
    "The \(compression.rawValue) data that begins at byte \(memberStart) is damaged at byte \(position) or before: "
      + "\(reason). The lines that could be unpacked until there were read and counted, the last of them perhaps not as "
      + "they were written; the rest of the file was not read. Get the file again."
  }

  /// Which byte is wrong nobody can tell: what a decoder makes of damaged data may look like a log, and has been given
  /// out long before the checksum is read. So all of the member is named.
  private mutating func reportWrongChecksum() {
    let position = SourcePosition(source: source, offset: countBeforeMember)
    let message =
      "The checksum of the \(compression.rawValue) data that begins at byte \(memberStart) is wrong: some of it changed "
      + "after it was written, and nobody can tell where. All \(count - countBeforeMember) bytes that it became, from this "
      + "line on, were read and counted as they are: events among them may be false or missing. Get the file again."
    issues.add(
      Issue(name: "\(compression.rawValue).checksum", position: position, message: message), losesLine: false)
  }

  /// Raw offset of the next byte for the decoder.
  private var position: Int { raw.count - input.available }

  private mutating func endMember() {
    members += 1
    decoder?.reset()
    phase = .betweenMembers
  }

  /// Looks at what comes after a member: another one, the end, zeros that fill up a block of a tape, or something else.
  private mutating func beginMember() throws(AssayError) {
    let paddingStart = position
    try skipZeros()
    let padding = position - paddingStart
    try input.require(Compression.bytesToTell, of: &raw)
    // The xz format has such zeros itself, in fours (§2.2).
    if padding > 0 && !(compression == .xz && padding % 4 == 0) {
      report(
        "trailing-padding",
        "\(padding) zero bytes follow the compressed data at byte \(paddingStart); "
          + "they were passed over. Nothing is lost.")
    }
    if input.available == 0 { return phase = .ended }
    memberStart = position
    countBeforeMember = count
    switch compression.begins(input.bytes.span.extracting(first: input.end), from: input.start) {
    case .yes:
      phase = .inMember
    case .cutShort:
      report(
        "truncated",
        "The file ends at byte \(raw.count), in the header of the \(compression.rawValue) data that "
          + "begins at byte \(memberStart). Get the whole file, or wait until it is complete.")
      isCutOff = true
      phase = .ended
    case .no:
      try reportTrailing()
      phase = .ended
    }
  }

  /// From so many bytes on, what follows the compressed data is taken for something that somebody wrote: a block of a
  /// tape (POSIX.1, pax), within which a writer may leave whatever its buffer held.
  private static let trailingBlock = 512

  /// Says what follows the compressed data. Lines, as of a log that was appended to its own archive, and anything as long
  /// as a block are data that is missing in the result; a few odd bytes are not.
  private mutating func reportTrailing() throws(AssayError) {
    try input.require(DecodedFile.trailingBlock, of: &raw)
    let rest = input.bytes[input.start..<input.end]
    let other = Compression.detect(input.bytes.span.extracting(input.start..<input.end))
    if other != .plain {
      report(
        "trailing-data",
        "What follows the \(compression.rawValue) data at byte \(memberStart) is \(other.rawValue) data; it was not "
          + "read. Put the parts into files of their own, each with one compression (the second: tail -c "
          + "+\(memberStart + 1) FILE).")
    } else if rest.count >= DecodedFile.trailingBlock || rest.contains(UInt8(ascii: "\n")) {
      report(
        "trailing-data",
        "What follows the \(compression.rawValue) data at byte \(memberStart) is not compressed; it was not read. If it "
          + "is of the log, put it into a file of its own: tail -c +\(memberStart + 1) FILE.")
    } else {
      report(
        "trailing-garbage",
        "What follows the compressed data at byte \(memberStart) is not \(compression.rawValue) data; it was not read. "
          + "Check how the file was put together.")
    }
  }

  private mutating func skipZeros() throws(AssayError) {
    guard members > 0 else { return }
    while true {
      try input.require(1, of: &raw)
      var zeros = 0
      while zeros < input.available && input.bytes[input.start + zeros] == 0 { zeros += 1 }
      input.consume(zeros)
      if input.available > 0 || input.isAtEnd { return }
    }
  }

  /// Ends where a limit is reached. Returns how many of the bytes that were just produced are beyond it.
  private mutating func cutAtLimits() -> Int {
    if limits.largestSource > 0 && count > limits.largestSource {
      let beyond = count - limits.largestSource
      count = limits.largestSource
      issue(
        "input.too-large",
        "The source is larger than \(limits.largestSource) bytes; the rest was not read. Split "
          + "it into several files.")
      isCutOff = true
      phase = .ended
      return beyond
    }
    // Compared by division so that no product can overflow.
    if compression != .plain && limits.largestExpansion > 0 && count > limits.expansionGrace
      && count / limits.largestExpansion > position
    {
      issue(
        "input.too-much-expansion",
        "\(position) compressed bytes became \(count), more than \(limits.largestExpansion)"
          + " times as many, as in a file that is made to fill the disk of whoever unpacks it; the rest was not read. If "
          + "the file is what it should be, unpack it first, or raise the limit.")
      isCutOff = true
      phase = .ended
    }
    return 0
  }

  /// After the last byte: reads what nobody decodes, for the hash is of the whole file, and says whether the file has
  /// changed meanwhile.
  mutating func finish() throws(AssayError) {
    phase = .ended
    if raw.isHashing {
      var rest = [UInt8](repeating: 0, count: 256 << 10)
      var span = rest.mutableSpan
      while raw.isHashing { _ = try raw.read(into: &span, from: 0) }
    }
    if try raw.hasChanged() {
      issue(
        "input.changed-while-read",
        "The file was written to while it was read; the result is of what was read. Audit it again when it is complete."
      )
    }
  }

  private mutating func report(_ name: String, _ message: String) { issue("\(compression.rawValue).\(name)", message) }

  private mutating func issue(_ name: String, _ message: String) {
    let position = SourcePosition(source: source, offset: count)
    issues.add(Issue(name: name, position: position, message: message), losesLine: false)
  }
}
