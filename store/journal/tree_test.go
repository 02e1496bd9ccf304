package journal

import (
	"encoding/hex"
	"errors"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// TestRootsOfCertificateTransparency has the leaves and roots of the reference
// implementation of RFC 6962 (google/certificate-transparency, merkle tree
// test).
func TestRootsOfCertificateTransparency(t *testing.T) {
	tests := []struct{ leaf, root string }{
		{"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
		{"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
		{"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
		{"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
		{"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
		{"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
		{"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
		{"606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
	}
	var tree Tree
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	if root := tree.Root(); hex.EncodeToString(root[:]) != empty {
		t.Errorf("root of the empty tree is %x, want %s", root, empty)
	}
	for _, tt := range tests {
		tree.Append(must(hex.DecodeString(tt.leaf))(t))
		if root := tree.Root(); hex.EncodeToString(root[:]) != tt.root {
			t.Errorf("root of %d leaves is %x, want %s", tree.Size(), root, tt.root)
		}
	}
}

// rows keeps what Append returns, as a database would.
type rows [][]byte

func (r rows) reader() tlog.HashReader {
	return RowReader(func(seq int64) ([]byte, error) {
		if seq < 0 || seq >= int64(len(r)) {
			return nil, errors.New("no such row")
		}
		return r[seq], nil
	})
}

// TestTreeIsThatOfTlog compares every stored hash, root, record proof and tree
// proof with golang.org/x/mod/sumdb/tlog.
func TestTreeIsThatOfTlog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 4), 1, 70).Draw(t, "leaves")
		var tree Tree
		var stored rows
		roots := []tlog.Hash{tree.Root()}
		for n, leaf := range leaves {
			want, err := tlog.StoredHashes(int64(n), leaf, stored.reader())
			if err != nil {
				t.Fatal(err)
			}
			row := FormatRow(tree.Append(leaf))
			if string(row) != string(FormatRow(want)) {
				t.Fatalf("hashes of leaf %d differ", n)
			}
			stored = append(stored, row)
			root, err := tlog.TreeHash(tree.Size(), stored.reader())
			if err != nil || tree.Root() != root {
				t.Fatalf("root of %d leaves is %v, want %v, %v", n+1, tree.Root(), root, err)
			}
			roots = append(roots, root)
		}
		checkProofs(t, leaves, roots, stored)
	})
}

func checkProofs(t *rapid.T, leaves [][]byte, roots []tlog.Hash, stored rows) {
	size := int64(len(leaves))
	n := rapid.Int64Range(0, size-1).Draw(t, "n")
	record, err := tlog.ProveRecord(size, n, stored.reader())
	if err != nil {
		t.Fatal(err)
	}
	if err := tlog.CheckRecord(record, size, roots[size], n, tlog.RecordHash(leaves[n])); err != nil {
		t.Fatalf("leaf %d of %d: %v", n, size, err)
	}
	prefix, err := tlog.ProveTree(size, n+1, stored.reader())
	if err != nil {
		t.Fatal(err)
	}
	if err := tlog.CheckTree(prefix, size, roots[size], n+1, roots[n+1]); err != nil {
		t.Fatalf("tree of %d in tree of %d: %v", n+1, size, err)
	}
}

func TestLoadTreeGoesOn(t *testing.T) {
	var whole Tree
	var stored rows
	for n := range int64(130) {
		loaded := must(LoadTree(n, stored.reader()))(t)
		if loaded.Size() != n || loaded.Root() != whole.Root() {
			t.Fatalf("loaded tree of %d has size %d or another root", n, loaded.Size())
		}
		leaf := []byte{byte(n)}
		want := FormatRow(whole.Append(leaf))
		if string(FormatRow(loaded.Append(leaf))) != string(want) {
			t.Fatalf("loaded tree of %d appends other hashes", n)
		}
		stored = append(stored, want)
	}
}

func TestLoadTreeReadsTheEdgeOnly(t *testing.T) {
	var read int
	counting := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		read += len(indexes)
		return make([]tlog.Hash, len(indexes)), nil
	})
	must(LoadTree(1<<20-1, counting))(t)
	if read != 20 {
		t.Errorf("read %d hashes, want 20", read)
	}
}

func TestLoadTreeRefuses(t *testing.T) {
	tooFew := tlog.HashReaderFunc(func([]int64) ([]tlog.Hash, error) { return nil, nil })
	for _, tt := range []struct {
		reason string
		size   int64
		stored tlog.HashReader
	}{
		{"a negative size", -1, rows{}.reader()},
		{"rows that are not there", 3, rows{}.reader()},
		{"a row cut short", 2, rows{make([]byte, 32), make([]byte, 63)}.reader()},
		{"a reader that reads too little", 3, tooFew},
	} {
		if _, err := LoadTree(tt.size, tt.stored); err == nil {
			t.Errorf("%s: loaded", tt.reason)
		}
	}
}

func TestCloneIsApart(t *testing.T) {
	var tree Tree
	for n := range 7 {
		tree.Append([]byte{byte(n)})
	}
	before := tree.Root()
	clone := tree.Clone()
	clone.Append([]byte("given up"))
	if tree.Root() != before || tree.Size() != 7 {
		t.Error("appending to the clone changed the tree")
	}
	tree.Append([]byte("kept"))
	if tree.Root() == clone.Root() {
		t.Error("two different eighth leaves, one root")
	}
}

func BenchmarkAppend(b *testing.B) {
	var tree Tree
	header := make([]byte, 150)
	b.ReportAllocs()
	for b.Loop() {
		tree.Append(header)
	}
}
