package egk

// File is a place on the card that is selected or read.
type File uint8

// The places, in the order in which they are visited.
const (
	MF File = iota + 1
	GDO
	HCA
	StatusVD
	PD
	VD
)

// String returns the name of the specification: EF.PD.
func (f File) String() string {
	switch f {
	case MF:
		return "MF"
	case GDO:
		return "EF.GDO"
	case HCA:
		return "DF.HCA"
	case StatusVD:
		return "EF.StatusVD"
	case PD:
		return "EF.PD"
	case VD:
		return "EF.VD"
	}
	return "unknown file"
}

// aid is the application identifier by which a folder is selected, "" for files
// (gemSpec_eGK_ObjSys_G2_1; for DF.HCA 5.4).
func (f File) aid() string {
	switch f {
	case MF:
		return "\xd2\x76\x00\x01\x44\x80\x00"
	case HCA:
		return "\xd2\x76\x00\x00\x01\x02"
	}
	return ""
}

// sfi is the short identifier of a file within its folder, 0 for folders (the
// same document; 5.4.4 EF.PD, 5.4.7 EF.StatusVD, 5.4.8 EF.VD). The files of the
// protected data have none here, so that no command can name them.
func (f File) sfi() byte {
	switch f {
	case GDO, VD:
		return 0x02
	case StatusVD:
		return 0x0c
	case PD:
		return 0x01
	}
	return 0
}

// head is how many bytes at its beginning say what the file holds: all of it, or
// where to go on.
func (f File) head() int {
	switch f {
	case GDO:
		return gdoSize
	case StatusVD:
		return statusSize
	case PD:
		return pdHead
	case VD:
		return vdHead
	}
	return 0
}
