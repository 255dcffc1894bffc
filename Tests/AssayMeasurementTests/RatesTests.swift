import AssayMeasurement
import AssayModel
import Testing

struct RatesTests {
  /// A campaign of a million tracked ads, of which 950,000 rendered in time.
  private var row: LedgerRow {
    var row = LedgerRow(standards: 1)
    row.impressions.givt = 57_000
    row.impressions.sivt = 44_650
    row.impressions.valid = 848_350
    row.impressions.grossValue = Money(millionths: 7_600_000_000)
    row.totalNet[0].viewable = 473_379
    row.totalNet[0].notViewable = 763_515 - 473_379
    row.totalNet[0].undetermined = 848_350 - 763_515
    return row
  }

  private let spend = Money(millionths: 8_000_000_000)

  @Test func tiersAreWhatIsLeftOfTheOneBefore() {
    #expect(row.impressions.gross == 950_000)
    #expect(row.impressions.net == 893_000)
    #expect(row.impressions.totalNet == 848_350)
    #expect(Tier.allCases.map(row.impressions.count) == [950_000, 893_000, 848_350])
  }

  @Test func invalidRatesAreOfGross() {
    #expect(row.impressions.givtRate == Ratio(57_000, of: 950_000))
    #expect(row.impressions.givtRate?.value == 0.06)
    #expect(row.impressions.sivtRate?.value == 0.047)
    #expect(row.impressions.ivtRate?.value == 0.107)
    #expect(row.impressions.suspiciousRate?.value == 0)
  }

  @Test func decisionRatesTellHowMuchCouldBeDecided() {
    var tally = row.impressions
    #expect(tally.decisionRateGIVT?.value == 1)
    (tally.undecidedGIVT, tally.undecidedSIVT) = (95_000, 703_250)
    #expect(tally.decisionRateGIVT?.value == 0.9)
    #expect(tally.decisionRateSIVT == Ratio(246_750, of: 950_000))
    #expect(tally.sivtRateOfDecided == Ratio(44_650, of: 246_750))
  }

  @Test func viewabilityRatesHaveTheirOwnDenominators() {
    let tally = row.totalNet[0]
    #expect(tally.measured == 763_515)
    #expect(tally.measuredRate?.value == 0.9)
    #expect(tally.viewableRate == Ratio(473_379, of: 763_515))
    #expect(((tally.viewableRate?.value ?? 0) * 1_000).rounded() == 620)
    #expect(((tally.viewableShare?.value ?? 0) * 1_000).rounded() == 558)
  }

  @Test func theImpressionDistributionAddsUpToOne() throws {
    let tally = row.totalNet[0]
    let shares = [tally.viewableShare, tally.notViewableShare, tally.undeterminedShare]
    #expect(try shares.map { try #require($0).numerator }.reduce(0, +) == 848_350)
    #expect(shares.allSatisfy { $0?.denominator == 848_350 })
  }

  @Test func undeterminedIsNeitherViewableNorNot() {
    var tally = ViewabilityTally()
    (tally.viewable, tally.undetermined) = (350_000, 200_000)
    tally.notViewable = 450_000
    #expect(tally.viewableRate?.value == 0.4375)
    #expect(tally.measuredRate?.value == 0.8)
    tally = ViewabilityTally()
    tally.undetermined = 5
    #expect(tally.viewableRate == nil)
    #expect(tally.measuredRate?.value == 0)
  }

  @Test func theMeasuredShareOfTheEligibleIsAnotherNumber() {
    // A vendor divides by eligible impressions instead of all: 88.8 % instead of 80 %.
    #expect(((Ratio(800_000, of: 900_000)?.value ?? 0) * 10_000).rounded(.down) == 8_888)
  }

  @Test func withoutAWholeThereIsNoRate() {
    let empty = LedgerRow(standards: 1)
    #expect(empty.impressions.givtRate == nil)
    #expect(empty.impressions.ivtRate == nil)
    #expect(empty.impressions.decisionRateSIVT == nil)
    #expect(empty.net[0].measuredRate == nil)
    #expect(empty.clickThroughRate(.gross) == nil)
    #expect(empty.validCPM() == nil)
    #expect(empty.effectiveViewableCPM(standard: 0) == nil)
  }

  @Test func clickThroughRatesMatchTiers() {
    var row = row
    (row.clicks.valid, row.clicks.givt, row.clicks.sivt) = (800, 150, 50)
    (row.conversions.valid, row.conversions.sivt) = (8, 2)
    #expect(row.clickThroughRate(.gross) == Ratio(1_000, of: 950_000))
    #expect(row.clickThroughRate(.net) == Ratio(850, of: 893_000))
    #expect(row.clickThroughRate(.totalNet) == Ratio(800, of: 848_350))
    #expect(row.conversionRate(.gross) == Ratio(10, of: 1_000))
    #expect(row.conversionRate(.totalNet)?.value == 0.01)
  }

  @Test func effectivePricesAreThoseOfWhatWasReallyBought() throws {
    let valid = try #require(row.validCPM(spend: spend)).price
    let viewable = try #require(row.effectiveViewableCPM(standard: 0, spend: spend)).price
    #expect((valid.millionths + 5_000) / 10_000 == 943)
    #expect((viewable.millionths + 5_000) / 10_000 == 1_690)
    #expect(row.validCPM()?.price == CostPerThousand(spend: Money(millionths: 7_600_000_000), units: 848_350)?.price)
  }

  @Test func theCreditForWhatWasNotDeliveredIsExact() {
    let agreed = CostPerThousand(price: Money(millionths: 8_000_000))
    #expect(agreed.cost(of: 1_000_000 - 848_350) == Money(millionths: 1_213_200_000))
    #expect(agreed.cost(of: 300_000) == Money(millionths: 2_400_000_000))
  }

  @Test func pricesAreRoundedHalfAwayFromZero() {
    #expect(CostPerThousand(spend: Money(millionths: 1), units: 2_000)?.price == Money(millionths: 1))
    #expect(CostPerThousand(spend: Money(millionths: 1), units: 2_001)?.price == .zero)
    #expect(CostPerThousand(spend: Money(millionths: -1), units: 2_000)?.price == Money(millionths: -1))
    #expect(CostPerThousand(price: Money(millionths: 1)).cost(of: 500) == Money(millionths: 1))
    #expect(CostPerThousand(price: Money(millionths: 1)).cost(of: 499) == .zero)
    #expect(CostPerThousand(price: Money(millionths: .max)).cost(of: .max) == Money(millionths: .max))
    #expect(CostPerThousand(spend: spend, units: 0) == nil)
  }

  @Test func theAccountsBalanceOnlyIfEveryLineIsAccountedFor() {
    var byKind = [Int64](repeating: 0, count: EventKind.allCases.count)
    byKind[0] = 90
    let accounts = AuditResult.Accounting(lines: 100, events: 90, ignored: 7, unreadable: 3, byKind: byKind)
    #expect(accounts.balances)
    var wrong = accounts
    wrong.ignored = 8
    #expect(!wrong.balances)
    wrong = accounts
    wrong.byKind[0] = 89
    #expect(!wrong.balances)
  }
}
