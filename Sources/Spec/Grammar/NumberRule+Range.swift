extension NumberRule {
    func accepts(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        return switch self {
        case .positive: number > 0
        case .notNegative: number >= 0
        case .notZero: number != 0
        case .finite: true
        case .belowOne: (0..<1).contains(number)
        case .upToOne: number > 0 && number <= 1
        case .betweenZeroAndOne: number > 0 && number < 1
        }
    }

    var expectation: String {
        switch self {
        case .positive: "a finite number above 0"
        case .notNegative: "a finite number of at least 0"
        case .notZero: "a finite number other than 0"
        case .finite: "a finite number"
        case .belowOne: "a number of at least 0 and below 1"
        case .upToOne: "a number above 0 and at most 1"
        case .betweenZeroAndOne: "a number between 0 and 1, both excluded"
        }
    }
}
