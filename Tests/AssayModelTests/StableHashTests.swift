import AssayModel
import Testing

struct StableHashTests {
  @Test func theHashesOfAllTimeAreTheseOnes() {
    // They decide orders and stand in spilled runs: a change of any is a change of format.
    // The values come from the definition written down again in another language.
    #expect(StableHash.of(text: "") == 0xd7ea_ecc5_1acb_b88e)
    #expect(StableHash.of(text: "a") == 0x4358_4781_e2f2_ce0d)
    #expect(StableHash.of(text: "0123456789abcdef") == 0xb2af_f309_eeed_7e01)
    #expect(StableHash.of(text: "0123456789abcdef0") == 0x2dcf_08b6_15ba_362e)
    #expect(StableHash.of(1, 2) == 0x9ed0_564b_0f97_d78a)
  }

  @Test func shortFormsEqualTheGeneralOne() {
    let words: [UInt64] = [3, 1 << 63, 0, .max]
    for one in words {
      for two in words {
        #expect(StableHash.of(one, two) == general([one, two]))
        for three in words { #expect(StableHash.of(one, two, three) == general([one, two, three])) }
      }
    }
    #expect(StableHash.of(1, 2, 3, 4) == general([1, 2, 3, 4]))
    #expect(StableHash.of(7) == general([7]))
  }

  private func general(_ words: [UInt64]) -> UInt64 {
    let state = words.reduce(StableHash.first) { StableHash.fold($0 ^ $1, StableHash.second) }
    return StableHash.nonZero(StableHash.fold(state ^ StableHash.second, StableHash.first))
  }

  @Test func noHashIsZero() {
    #expect(StableHash.nonZero(0) == 1)
    #expect(StableHash.nonZero(5) == 5)
  }

  @Test func lengthSeedAndPaddingMatter() {
    let texts = ["", "\0", "\0\0", "\0\0\0\0\0\0\0\0", "a", "a\0", "a\0\0\0\0\0\0\0", "a\0\0\0\0\0\0\0\0"]
    var hashes = Set(texts.map { StableHash.of(text: $0) })
    #expect(hashes.count == texts.count)
    hashes.formUnion(texts.map { StableHash.of(text: $0, seed: 9) })
    #expect(hashes.count == 2 * texts.count)
  }

  @Test func everyBitOfTheInputReachesTheHash() {
    for length in [1, 7, 8, 9, 15, 16, 17, 24, 40] {
      let zeros = [UInt8](repeating: 0, count: length)
      var seen: Set<UInt64> = [StableHash.of(bytes: zeros.span)]
      for bit in 0..<length * 8 {
        var bytes = zeros
        bytes[bit / 8] = 1 << UInt8(bit % 8)
        #expect(seen.insert(StableHash.of(bytes: bytes.span)).inserted)
      }
    }
  }

  @Test func bucketsFillEvenly() {
    var counts = [Int](repeating: 0, count: 64)
    for value in 0..<64_000 as Range<UInt64> { counts[Int(StableHash.of(value, 1) >> 58)] += 1 }
    // Six standard deviations of a fair throw: √1000 ≈ 32.
    #expect(counts.allSatisfy { abs($0 - 1_000) < 6 * 32 })
  }
}
