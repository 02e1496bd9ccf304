package code

import "testing"

func TestCaseNumber(t *testing.T) {
	for c, want := range map[Case]uint64{"0000001": 1, "0000010": 32, "ZZZZZZZ": 1<<35 - 1, "": 0, "IIIIIII": 0} {
		if got := c.Number(); got != want {
			t.Errorf("%q is %d, want %d", c, got, want)
		}
	}
}
