package bonus

import (
	"math/bits"
)

// Cents is an amount of money in euro cents.
type Cents int64

// Points is a number of bonus points.
type Points int64

// Bounds of what a file or booklet may hold, so that no sum overflows: 64 groups
// of 500 stamps of 100,000 euros are 3.2e11 cents.
const (
	maxCents  = 10_000_000
	maxStamps = 500
	maxGroups = 64
	maxPoints = 10_000_000
	maxRatio  = 10_000
	maxCount  = 1000
)

// Amount is an amount that may differ by kind of insurance.
type Amount struct {
	Member, Family, Pensioner Cents
}

// same is an amount for everybody.
func same(c Cents) Amount { return Amount{c, c, c} }

// For returns the amount for a kind of insurance.
func (a Amount) For(as InsuredAs) Cents {
	switch as {
	case Family:
		return a.Family
	case Pensioner:
		return a.Pensioner
	}
	return a.Member
}

// orNothing is the amount, or none for nil.
func (a *Amount) orNothing() Amount {
	if a == nil {
		return Amount{}
	}
	return *a
}

// largest is the most that anybody gets.
func (a Amount) largest() Cents { return max(a.Member, a.Family, a.Pensioner) }

// Ratio is a fraction of whole numbers, such as [5, 2].
type Ratio struct{ Num, Den int64 }

// one is the ratio that changes nothing.
func one() Ratio { return Ratio{1, 1} }

// convert returns (cents + points * rate) * factor, rounded half up at the cent:
// the only rounding there is, and therefore done once.
func convert(cents Cents, points Points, rate, factor Ratio) Cents {
	num := uint64(int64(cents)*rate.Den + int64(points)*rate.Num)
	den := uint64(rate.Den * factor.Den)
	high, low := bits.Mul64(num, uint64(factor.Num))
	low, carry := bits.Add64(low, den/2, 0)
	quotient, _ := bits.Div64(high+carry, low, den)
	return Cents(quotient)
}
