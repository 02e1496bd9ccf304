//go:build !linux && !darwin

package main

import "errors"

// This system is not asked for these figures.

func freeBytes(string) (int64, error) { return 0, errors.ErrUnsupported }

func coreDumps() (bool, error) { return false, errors.ErrUnsupported }
