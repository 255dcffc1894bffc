import Assay
import AssayMeasurement
import AssayModel
import Foundation
import TestSupport
import Testing

/// Networks, from the log to the result.
@Suite struct NetworkTests {
  @Test func `Chameleon is found as a network: its sites, its visitors, its cost, whatever the order of the files`()
    async throws
  {
    let bench = Workbench()
    let logs = try bench.simulate("chameleon,events=150000,seed=3")
    let members = try bench.text(bench.path("networks.csv")).split(separator: "\n").map { $0.split(separator: ",") }
    let sites = Set(members.filter { $0[1] == "publisher" }.map { String($0[2]) })
    let result = try await bench.audit(logs, ["jobs": "1"]).result
    let network = try #require(result.networks.first { $0.detector == "co-visitation" })
    #expect(Set(network.publishers).isSubset(of: sites))
    #expect(network.publishers.count * 10 >= sites.count * 9)
    #expect(network.visitors > 100 && network.money > .zero)
    #expect(network.invalid * 100 >= network.events * 99)
    let other = try await bench.audit(logs.reversed(), ["jobs": "3"]).result
    #expect(other.networks == result.networks)
  }
}
