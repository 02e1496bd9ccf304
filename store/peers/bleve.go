package main

import (
	"strconv"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/simple" // registers it
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"schalter/domain/date"
)

// bleveIndex is an index of folded names and birth dates, without rows.
type bleveIndex struct{ index bleve.Index }

// document is what is indexed of a member.
type document struct {
	Words string `json:"words"`
	Order string `json:"order"`
	Birth string `json:"birth"`
}

// newBleve reads the same file into a new index.
func newBleve(path, file string, today date.Date) (*bleveIndex, cost, error) {
	index, err := bleve.New(path, shape())
	if err != nil {
		return nil, cost{}, err
	}
	b := &bleveIndex{index}
	took, err := spent(func() error { return b.fill(file, today) })
	return b, took, err
}

// shape analyses words simply and keeps the rest whole.
func shape() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	words, whole := bleve.NewTextFieldMapping(), bleve.NewKeywordFieldMapping()
	words.Analyzer = "simple"
	for _, f := range []*mapping.FieldMapping{words, whole} {
		f.Store, f.IncludeInAll, f.IncludeTermVectors = false, false, false
	}
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("words", words)
	doc.AddFieldMappingsAt("order", whole)
	doc.AddFieldMappingsAt("birth", whole)
	m.DefaultMapping = doc
	return m
}

func (b *bleveIndex) fill(file string, today date.Date) error {
	const batched = 10_000
	batch := b.index.NewBatch()
	id := 0
	for row, err := range rowsOf(file, today) {
		if err != nil {
			return err
		}
		p := personOf(row.Member)
		id++
		err := batch.Index(strconv.Itoa(id), document{
			Words: p.surname + " " + p.given + " " + folded(row.Member.Name.BirthName),
			Order: p.surname + " " + p.given, Birth: strconv.Itoa(int(p.birth)),
		})
		if err != nil {
			return err
		}
		if batch.Size() == batched {
			if err := b.index.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return b.index.Batch(batch)
}

// search reads the first hits in the order of names.
func (b *bleveIndex) search(q asked) error {
	var all []query.Query
	for _, prefix := range q.prefixes {
		p := bleve.NewPrefixQuery(prefix)
		p.SetField("words")
		all = append(all, p)
	}
	if q.birth != 0 {
		t := bleve.NewTermQuery(strconv.Itoa(int(q.birth)))
		t.SetField("birth")
		all = append(all, t)
	}
	r := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(all...), listed, 0, false)
	r.SortBy([]string{"order"})
	_, err := b.index.Search(r)
	return err
}

func (b *bleveIndex) close() { _ = b.index.Close() }
