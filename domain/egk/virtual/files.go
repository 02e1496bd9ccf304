package virtual

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"schalter/domain/egk"
)

// folder is the master file or an application.
type folder struct {
	aid         []byte
	files       []*file
	deactivated bool
}

// file is an elementary file: bytes, or records.
type file struct {
	name    egk.File // 0 for those that nothing here is named by
	fid     uint16
	sfi     byte
	body    []byte
	records [][]byte
	locked  bool // against everybody without a PIN or another card
}

// Sizes of the files in bytes (gemSpec_eGK_ObjSys_G2_1, 5.4).
const (
	sizePD = 850
	sizeVD = 1250
)

// noOffset stands where a part is not there.
const noOffset = 0xffff

// maker makes the files of one card.
type maker struct {
	Config
	zip *gzip.Writer
}

// folders makes what is on the card.
func (c Config) folders() ([]*folder, error) {
	zip, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("virtual: %w", err)
	}
	m := maker{c, zip}
	m.Content = c.Damage.content(completed(c.Content))
	master, err := m.master()
	if err != nil {
		return nil, err
	}
	application, err := m.application()
	if err != nil {
		return nil, err
	}
	return c.Damage.folders([]*folder{master, application}), nil
}

// master makes the MF.
func (m maker) master() (*folder, error) {
	gdo, err := fileGDO(m.Content)
	if err != nil {
		return nil, err
	}
	return &folder{
		aid: []byte{0xd2, 0x76, 0x00, 0x01, 0x44, 0x80, 0x00},
		files: []*file{
			{name: egk.GDO, fid: 0x2f02, sfi: 0x02, body: gdo},
			{fid: 0x2f10, sfi: 0x10, records: versions()},
			{fid: 0x2f11, sfi: 0x11, body: []byte{0xef, 0x0a, 0xc0, 0x03, 2, 0, 0, 0xc1, 0x03, 4, 5, 2}},
		},
	}, nil
}

// application makes DF.HCA.
func (m maker) application() (*folder, error) {
	status, err := fileStatus(m.Content)
	if err != nil {
		return nil, err
	}
	pd, err := m.filePD()
	if err != nil {
		return nil, err
	}
	gvd := m.pack([]byte(protected(m.Content)))
	vd, err := m.fileVD(gvd)
	if err != nil {
		return nil, err
	}
	return &folder{
		aid: []byte{0xd2, 0x76, 0x00, 0x00, 0x01, 0x02},
		files: []*file{
			{name: egk.PD, fid: 0xd001, sfi: 0x01, body: pd},
			{name: egk.VD, fid: 0xd002, sfi: 0x02, body: vd},
			{fid: 0xd003, sfi: 0x03, body: gvd, locked: true},
			{name: egk.StatusVD, fid: 0xd00c, sfi: 0x0c, body: status},
		},
	}, nil
}

// completed fills in what no card is without.
func completed(c egk.Card) egk.Card {
	if c.Schema == (egk.Version{}) {
		c.Schema = egk.Version{Major: 5, Minor: 2}
	}
	if c.Status.Schema == (egk.Version{}) {
		c.Status.Schema = c.Schema
	}
	if c.Status.Storage == (egk.Version{}) {
		c.Status.Storage = egk.Version{Major: 3, Patch: 4}
	}
	return c
}

// fileGDO is tag, length and the ICCSN in BCD.
func fileGDO(c egk.Card) ([]byte, error) {
	number, err := hex.DecodeString(string(c.ICCSN))
	if err != nil {
		return nil, fmt.Errorf("virtual: the ICCSN is not made of pairs of digits")
	}
	return append([]byte{0x5a, byte(len(number))}, number...), nil
}

// fileStatus is state, time and versions.
func fileStatus(c egk.Card) ([]byte, error) {
	b := []byte{'0'}
	if c.Status.Open {
		b[0] = '1'
	}
	b = c.Status.At.AppendFormat(b, "20060102150405")
	b, err := appendVersion(b, c.Status.Schema)
	if err != nil {
		return nil, err
	}
	return appendVersion(b, c.Status.Storage)
}

// appendVersion adds a version as ten BCD digits: three, three and four.
func appendVersion(b []byte, v egk.Version) ([]byte, error) {
	packed, err := hex.DecodeString(fmt.Sprintf("%03d%03d%04d", v.Major, v.Minor, v.Patch))
	if err != nil {
		return nil, fmt.Errorf("virtual: version %v does not fit into ten digits", v)
	}
	return append(b, packed...), nil
}

// versions are the records of EF.Version, all 4.0.0 since the second generation.
func versions() [][]byte {
	v := []byte{0x00, 0x40, 0x00, 0x00, 0x00}
	return [][]byte{v, v, v, v}
}

// filePD is the length of the packed XML, and that.
func (m maker) filePD() ([]byte, error) {
	xml, err := m.Damage.document(personal(m.Content))
	if err != nil {
		return nil, err
	}
	packed := m.Damage.packed(m.pack(xml))
	b := binary.BigEndian.AppendUint16(nil, uint16(len(packed)))
	b, err = m.fit("EF.PD", append(b, packed...), sizePD)
	if err != nil {
		return nil, err
	}
	return m.Damage.pd(b), nil
}

// fileVD is the offsets of VD and of the copy of GVD, and those.
func (m maker) fileVD(gvd []byte) ([]byte, error) {
	xml, err := encoded(insurance(m.Content))
	if err != nil {
		return nil, err
	}
	const head = 8
	vd := m.pack(xml)
	end := head + len(vd)
	offsets := []uint16{head, uint16(end - 1), noOffset, noOffset}
	if !m.NoGVDCopy {
		vd = append(vd, gvd...)
		offsets[2], offsets[3] = uint16(end), uint16(end+len(gvd)-1)
	}
	var b []byte
	for _, o := range offsets {
		b = binary.BigEndian.AppendUint16(b, o)
	}
	b, err = m.fit("EF.VD", append(b, vd...), sizeVD)
	if err != nil {
		return nil, err
	}
	return m.Damage.vd(b), nil
}

// fit holds a file to its size, and fills it.
func (c Config) fit(name string, b []byte, size int) ([]byte, error) {
	if len(b) > size {
		return nil, fmt.Errorf("virtual: %s has %d bytes, %d fit", name, len(b), size)
	}
	if c.Padded {
		b = append(b, make([]byte, size-len(b))...)
	}
	return b, nil
}

// pack makes one gzip member.
func (m maker) pack(content []byte) []byte {
	var b bytes.Buffer
	m.zip.Reset(&b)
	_, _ = m.zip.Write(content) // to memory
	_ = m.zip.Close()
	return b.Bytes()
}
