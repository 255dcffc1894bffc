internal import CIsal

/// gzip through Intel's ISA-L.
///
/// Whoever changes this: ISA-L looks up to eight bytes ahead and, at the end of a member, walks its input pointer
/// back over what it did not need, also over bytes of an earlier call. That is why `decode` takes the whole buffer
/// and a place in it, and why `consumed` may be negative. It also misreads a header with optional fields that comes in
/// pieces (2.30; the tests show it), which is why the header is ours.
@safe
struct IsalGzipDecoder: ~Copyable, Decoder {
  /// 87 KB that may not move.
  private let state: UnsafeMutablePointer<inflate_state>
  private var header = GzipHeader()
  /// Why the data is corrupt, while ISA-L still holds bytes from before the damage that did not fit the output.
  private var failure: String?

  init() {
    // Safe because isal_inflate_init sets every field that is read before it is written.
    unsafe state = .allocate(capacity: 1)
    unsafe isal_inflate_init(state)
    unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
  }

  deinit {
    // Safe because nobody else has the state, and ISA-L keeps no memory beside it.
    unsafe state.deallocate()
  }

  mutating func reset() {
    // Safe because the state was initialised in init.
    unsafe isal_inflate_reset(state)
    failure = nil
    header = GzipHeader()
    unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
  }

  mutating func decode(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    if failure != nil { return handOver(into: &output, from: outputStart) }
    var dataStart = inputStart
    while !header.isComplete {
      if dataStart == input.count {
        return DecodingStep(consumed: dataStart - inputStart, produced: 0, outcome: .unfinished)
      }
      if let reason = header.take(input[dataStart]) {
        return DecodingStep(consumed: dataStart - inputStart, produced: 0, outcome: .corrupt(reason))
      }
      dataStart += 1
    }
    var step = inflate(input, from: dataStart, into: &output, from: outputStart)
    step.consumed += dataStart - inputStart
    if case .corrupt(let reason) = step.outcome, heldBack > 0 {
      failure = reason
      step.outcome = .unfinished
    }
    return step
  }

  private func inflate(
    _ input: Span<UInt8>, from inputStart: Int, into output: inout MutableSpan<UInt8>, from outputStart: Int
  ) -> DecodingStep {
    // Safe because ISA-L stays inside the counts that it is given, and its pointers are set anew on every call.
    unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        let inputCount = source.count - inputStart
        let outputCount = target.count - outputStart
        // The input is not written to: the missing const is the header's.
        unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.advanced(by: inputStart))
        unsafe state.pointee.avail_in = UInt32(inputCount)
        unsafe state.pointee.next_out = target.baseAddress?.advanced(by: outputStart)
        unsafe state.pointee.avail_out = UInt32(outputCount)
        let result = unsafe isal_inflate(state)
        let ended = unsafe state.pointee.block_state == ISAL_BLOCK_FINISH
        return unsafe DecodingStep(
          consumed: inputCount - Int(state.pointee.avail_in),
          produced: outputCount - Int(state.pointee.avail_out),
          outcome: IsalGzipDecoder.outcome(of: result, ended: ended))
      }
    }
  }

  /// How many decoded bytes ISA-L holds in its own buffer.
  private var heldBack: Int {
    // Safe because the state was initialised in init.
    unsafe Int(state.pointee.tmp_out_valid) - Int(state.pointee.tmp_out_processed)
  }

  /// Hands over what ISA-L decoded before it met the damage; it does not do so itself once it has failed.
  private mutating func handOver(into output: inout MutableSpan<UInt8>, from start: Int) -> DecodingStep {
    let count = min(heldBack, output.count - start)
    // Safe because tmp_out_buffer, an array too large for Swift to import, follows tmp_in_buffer without a gap (both
    // are bytes), and ISA-L's own counts say which part of it is filled.
    unsafe output.withUnsafeMutableBytes { target in
      let afterInput = unsafe MemoryLayout<inflate_state>.offset(of: \.tmp_in_buffer).map {
        unsafe $0 + MemoryLayout.size(ofValue: state.pointee.tmp_in_buffer)
      }
      guard let afterInput else { return }
      let held = unsafe UnsafeRawPointer(state) + afterInput + Int(state.pointee.tmp_out_processed)
      unsafe target.baseAddress?.advanced(by: start).copyMemory(from: held, byteCount: count)
    }
    unsafe state.pointee.tmp_out_processed += Int32(count)
    return DecodingStep(
      consumed: 0, produced: count, outcome: heldBack == 0 ? .corrupt(failure ?? "") : .unfinished)
  }

  private static func outcome(of result: Int32, ended: Bool) -> DecodingStep.Outcome {
    switch result {
    case ISAL_INCORRECT_CHECKSUM: .wrongChecksum
    case ISAL_INVALID_BLOCK: .corrupt("a block is not valid")
    case ISAL_INVALID_SYMBOL: .corrupt("a symbol is not valid")
    case ISAL_INVALID_LOOKBACK: .corrupt("a repetition reaches back before the start")
    case ..<0: .corrupt("ISA-L error \(result)")
    default: ended ? .memberEnded : .unfinished
    }
  }
}
