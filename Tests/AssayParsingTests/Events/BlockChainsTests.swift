import TestSupport
import Testing

@testable import AssayParsing

/// Chains of blocks against arrays of arrays.
@Suite struct BlockChainsTests {
  @Test(arguments: [32, 64, 512], [1, 3, 40])
  func valuesComeBackInTheirOrder(blockBytes: Int, buckets: Int) {
    let chains = BlockChains<UInt64>(buckets: buckets, blockBytes: blockBytes)
    var random = SeededGenerator(seed: UInt64(blockBytes + buckets))
    for _ in 0..<2 {
      var slow = [[UInt64]](repeating: [], count: buckets)
      for _ in 0..<random.below(3_000) {
        let (bucket, value) = (random.below(buckets), random.next())
        slow[bucket].append(value)
        chains.append(value, to: bucket)
        #expect(chains.count(of: bucket) == slow[bucket].count)
      }
      expectSame(chains, slow)
      for bucket in 0..<buckets {
        let others = [0, 0] + slow[bucket].map { ~$0 }
        chains.replace(bucket, with: others.span, from: 2)
        slow[bucket] = Array(others[2...])
      }
      expectSame(chains, slow)
      // What is appended behind replaced values stands behind them.
      chains.append(7, to: 0)
      slow[0].append(7)
      expectSame(chains, slow)
      chains.removeAll()
      #expect(chains.bytesHeld == 0)
      expectSame(chains, slow.map { _ in [] })
    }
  }

  @Test func blocksOfManyPagesAreKeptApart() {
    let chains = BlockChains<UInt64>(buckets: 2, blockBytes: 1 << 20)
    for value in 0..<UInt64(1_000_000) { chains.append(value, to: Int(value % 3 == 0 ? 1 : 0)) }
    var read: [UInt64] = []
    chains.read(1, into: &read)
    #expect(read == (0..<333_334).map { UInt64($0 * 3) })
    #expect(chains.bytesHeld == 9 << 20 || chains.bytesHeld == 10 << 20)
  }

  private func expectSame(_ chains: BlockChains<UInt64>, _ slow: [[UInt64]]) {
    for bucket in slow.indices {
      var read: [UInt64] = [1, 2]
      chains.read(bucket, into: &read)
      #expect(read == [1, 2] + slow[bucket])
    }
  }
}
