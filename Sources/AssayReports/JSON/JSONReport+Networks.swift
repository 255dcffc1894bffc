import AssayMeasurement
import AssayModel

extension JSONWriter {
  /// A network that was found.
  mutating func network(_ network: AuditResult.NetworkResult) {
    object { json in
      json.member("detector", network.detector)
      json.member("publishers") { $0.array(network.publishers) { $0.text($1) } }
      json.member("visitors", network.visitors)
      json.member("addresses", network.addresses)
      json.member("events", network.events)
      json.member("invalid", network.invalid)
      json.member("money", millionths: network.money.millionths)
      json.member("first_time", TimeText.text(network.first))
      json.member("last_time", TimeText.text(network.last))
    }
  }
}

extension AuditResult.NetworkResult {
  init(_ fields: JSONFields) throws(AssayError) {
    self.init(
      detector: try fields.text("detector"), publishers: try fields.texts("publishers"),
      visitors: try fields.count("visitors"), addresses: try fields.count("addresses"),
      events: try fields.count("events"), invalid: try fields.count("invalid"),
      money: Money(millionths: try fields.decimal("money", places: 6)), first: try fields.time("first_time"),
      last: try fields.time("last_time"))
  }
}
