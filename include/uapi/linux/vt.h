/*
 * ioctls of the virtual consoles: what they exchange.
 */
#ifndef _UAPI_LINUX_VT_H
#define _UAPI_LINUX_VT_H

#define VT_AUTO		0	/* the kernel switches consoles by itself */
#define VT_PROCESS	1	/* a program takes part (not offered) */

struct vt_mode {		/* VT_GETMODE, VT_SETMODE */
	char mode;
	char waitv;
	short relsig;
	short acqsig;
	short frsig;
};

struct vt_stat {		/* VT_GETSTATE */
	unsigned short v_active;	/* number of the console on the screen, from 1 */
	unsigned short v_signal;
	unsigned short v_state;		/* bit n: console n is open; bit 0 always */
};

#endif
